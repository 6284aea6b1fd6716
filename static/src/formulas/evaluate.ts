/** Interprets the JSON tree of a formula against a record; the server's value wins on save. */
import type { Actor, Context } from "./function.ts";
import { FUNCTIONS } from "./functions/index.ts";
import { read, write } from "./values.ts";
import type { Value } from "./values.ts";

export type Tree =
  | { value: unknown; type: string }
  | { name: string[]; type: string }
  | { old: string[]; type: string }
  | { call: string; args: Tree[]; type: string };

/** `values` is the record's JSON; `links` holds what lies at the end of a path, "customer.level". */
export interface Env {
  values: Readonly<Record<string, unknown>>;
  now: string | Date;
  zone: string;
  actor?: Actor;
  links?: Readonly<Record<string, unknown>>;
  old?: Readonly<Record<string, unknown>>;
  people?: Readonly<Record<string, number>>;
  departments?: Readonly<Record<string, number>>;
}

/** The value of a formula as record JSON: decimals as text, dates as text, empty as null. */
export function evaluate(tree: Tree, env: Env): unknown {
  return write(valueOf(tree, env));
}

/** True when the condition holds; an empty one is not met. */
export function isMet(tree: Tree, env: Env): boolean {
  return valueOf(tree, env) === true;
}

export function valueOf(tree: Tree, env: Env): Value {
  const now = env.now instanceof Date ? env.now.getTime() : Date.parse(env.now);
  const context: Context = { now, zone: env.zone, actor: env.actor ?? { id: null } };
  return walked(tree, env, context);
}

function walked(tree: Tree, env: Env, context: Context): Value {
  if ("value" in tree) return literal(tree, env);
  if ("name" in tree) return read(named(tree.name, env), tree.type, env.zone);
  if ("old" in tree) return read(reached(env.old ?? {}, tree.old), tree.type, env.zone);
  const found = FUNCTIONS.get(tree.call);
  if (!found) return null;
  const args = tree.args.map((arg) => walked(arg, env, context));
  if (found.strict && args.includes(null)) return null;
  const result = found.run(args, context);
  return result === "" ? null : result;
}

function literal(tree: { value: unknown; type: string }, env: Env): Value {
  if (typeof tree.value === "string" && (tree.type === "person" || tree.type === "department")) {
    const ids = tree.type === "person" ? env.people : env.departments;
    return ids?.[tree.value] ?? null;
  }
  return read(tree.value, tree.type, env.zone);
}

function named(path: readonly string[], env: Env): unknown {
  const key = path.join(".");
  if (path.length > 1 && env.links && Object.hasOwn(env.links, key)) return env.links[key];
  return reached(env.values, path);
}

/** Down a path through what is at hand, such as the rows of a sub-table. */
function reached(start: unknown, path: readonly string[]): unknown {
  let value = start;
  for (const step of path) {
    if (Array.isArray(value)) value = value.map((each) => member(each, step));
    else value = member(value, step);
  }
  return value;
}

function member(value: unknown, step: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return null;
  return (value as Record<string, unknown>)[step];
}
