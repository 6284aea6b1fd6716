/** What a function of the language is in the browser. */
import type { Value } from "./values.ts";

/** Who asks: the ids that USER(), DEPARTMENTS() … answer with. */
export interface Actor {
  id: number | null;
  department?: number | null;
  departments?: readonly number[];
  subordinates?: readonly number[];
  roles?: readonly string[];
  username?: string | null;
  name?: string | null;
}

/** What every function may look at. */
export interface Context {
  now: number;
  zone: string;
  actor: Actor;
}

export interface FormulaFunction {
  /** A strict function is empty when an argument is; `run` then never sees an empty one. */
  strict: boolean;
  run: (args: Value[], context: Context) => Value;
}

type Run = FormulaFunction["run"];

/** `A` is what the checker on the server has made sure of. */
export function strict<A = Value[]>(run: (args: A, context: Context) => Value): FormulaFunction {
  return { strict: true, run: run as unknown as Run };
}

export function open<A = Value[]>(run: (args: A, context: Context) => Value): FormulaFunction {
  return { strict: false, run: run as unknown as Run };
}

export type Family = Record<string, FormulaFunction>;
