/** Choosing between values, and asking whether there is one. */
import { open, strict } from "../function.ts";
import type { Family } from "../function.ts";
import { same } from "../values.ts";
import type { Value } from "../values.ts";

function ifs(args: Value[]): Value {
  for (let place = 0; place < args.length - 1; place += 2)
    if (args[place] === true) return args[place + 1] ?? null;
  return args.length % 2 ? (args[args.length - 1] ?? null) : null;
}

function chosen(args: Value[]): Value {
  const [value, ...parts] = args;
  if (value !== null && value !== undefined)
    for (let place = 0; place < parts.length - 1; place += 2) {
      const found = parts[place] ?? null;
      if (found !== null && same(found, value)) return parts[place + 1] ?? null;
    }
  return parts.length % 2 ? (parts[parts.length - 1] ?? null) : null;
}

export function isEmpty(value: Value): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function first(args: Value[]): Value {
  return args.find((value) => !isEmpty(value)) ?? null;
}

export const logic: Family = {
  IF: open(ifs),
  IFS: open(ifs),
  SWITCH: open(chosen),
  XOR: strict((args: boolean[]) => args.filter(Boolean).length % 2 === 1),
  TRUE: strict(() => true),
  FALSE: strict(() => false),
  ISEMPTY: open(([value]: [Value]) => isEmpty(value)),
  ISBLANK: open(([value]: [Value]) => isEmpty(value)),
  ISNOTEMPTY: open(([value]: [Value]) => !isEmpty(value)),
  COALESCE: open(first),
  IFERROR: open(first),
  EXACT: strict(([left, right]) => left === right),
};
