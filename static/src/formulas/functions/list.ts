/** Lists: adding, taking out, picking, ordering. */
import type { Big } from "big.js";
import { open, strict } from "../function.ts";
import type { Family } from "../function.ts";
import { whole } from "../numbers.ts";
import { compare, decimal, members, same } from "../values.ts";
import type { Value } from "../values.ts";
import { isIn } from "./operators.ts";

function has(items: readonly Value[], item: Value): boolean {
  return items.some((each) => each !== null && same(each, item));
}

function added([items, ...more]: [Value[] | null, ...Value[]]): Value[] {
  const found = [...(items ?? [])];
  for (const item of members(more)) if (!has(found, item)) found.push(item);
  return found;
}

function removed([items, ...less]: [Value[] | null, ...Value[]]): Value[] {
  const gone = members(less);
  return (items ?? []).filter((item) => item === null || !has(gone, item));
}

function unique(items: Value[]): Value[] {
  return added([[], ...items]);
}

function picked(items: Value[], place: Big): Value {
  const index = whole(place);
  if (index === 0) return null;
  return items[index > 0 ? index - 1 : items.length + index] ?? null;
}

const includes = open(([items, item]: [Value[] | null, Value]) => isIn(item, items));

export const list: Family = {
  ADD: open(added),
  REMOVE: open(removed),
  INCLUDES: includes,
  INCLUDE: includes,
  INCLUDES_ALL: strict(([left, right]: [Value[], Value[]]) =>
    members([right]).every((item) => has(left, item)),
  ),
  INCLUDES_ANY: strict(([left, right]: [Value[], Value[]]) =>
    members([right]).some((item) => has(left, item)),
  ),
  INDEX: strict(([items, place]: [Value[], Big]) => picked(items, place)),
  FIRST: strict(([items]: [Value[]]) => items[0] ?? null),
  LAST: strict(([items]: [Value[]]) => items.at(-1) ?? null),
  SIZE: open(([items]: [Value[] | null]) => decimal(items?.length ?? 0)),
  UNIQUE: strict(([items]: [Value[]]) => unique(members([items]))),
  SORT: strict(([items]: [Value[]]) => members([items]).sort(compare)),
};
