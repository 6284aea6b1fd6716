/** Two people's changes of one document brought together: what only one of them touched is kept. */
import type { Body, Form } from "./definitions";
import { layoutOf } from "./form";
import { isEqual, isObject, type Json, type JsonObject } from "./json";

export interface Merged<T> {
  value: T;
  /** Places that both changed, each in another way; the value has one's own there. */
  clashes: string[][];
}

/**
 * A three-way merge of JSON values, member by member; lists are one value, as their order has meaning.
 *
 * `undefined` stands for a member that is not there.
 */
export function merged(
  base: Json | undefined,
  mine: Json | undefined,
  theirs: Json | undefined,
  path: string[] = [],
): Merged<Json | undefined> {
  if (isEqual(mine, theirs) || isEqual(base, theirs)) return { value: mine, clashes: [] };
  if (isEqual(base, mine)) return { value: theirs, clashes: [] };
  if (!isObject(mine) || !isObject(theirs)) return { value: mine, clashes: [path] };
  const before = isObject(base) ? base : {};
  const value: JsonObject = {};
  const clashes: string[][] = [];
  for (const key of [...new Set([...Object.keys(theirs), ...Object.keys(mine)])]) {
    const inner = merged(before[key], mine[key], theirs[key], [...path, key]);
    if (inner.value !== undefined) value[key] = inner.value;
    clashes.push(...inner.clashes);
  }
  return { value, clashes };
}

/** Definitions brought together; on a form both may have placed fields, and all of them keep a place. */
export function mergedBodies(base: Body, mine: Body, theirs: Body): Merged<Body> {
  const found = merged(base, mine, theirs) as unknown as Merged<Body>;
  if (mine.kind !== "form" || !found.clashes.some((path) => path.join() === "layout")) return found;
  const form = found.value as Form;
  return {
    value: { ...form, layout: layoutOf(form) },
    clashes: found.clashes.filter((path) => path.join() !== "layout"),
  };
}
