/** All functions and operators of the browser, by the key they have on the server. */
import type { FormulaFunction } from "../function.ts";
import { dates } from "./date.ts";
import { list } from "./list.ts";
import { logic } from "./logic.ts";
import { math } from "./math.ts";
import { operators } from "./operators.ts";
import { person } from "./person.ts";
import { text } from "./text.ts";

export const FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map(
  [operators, logic, text, math, dates, person, list].flatMap((family) => Object.entries(family)),
);
