/** The operators: empty-aware, three-valued, the same as on the server. */
import type { Big } from "big.js";
import { open, strict } from "../function.ts";
import type { Family } from "../function.ts";
import { bounded, quotient, remainder, whole } from "../numbers.ts";
import {
  Day,
  Moment,
  atWall,
  DAY_MS,
  compare,
  decimal,
  inCalendar,
  readMoment,
  same,
} from "../values.ts";
import type { Value } from "../values.ts";

function folded(step: (left: Value, right: Value) => Value) {
  return strict((args: Value[]) =>
    args.reduce((total, each) => (total === null ? null : step(total, each))),
  );
}

function plus(left: Value, right: Value): Value {
  if (typeof left === "string") return left + (right as string);
  if (left instanceof Day) return inCalendar(left.days + whole(right as Big));
  return (left as Big).plus(right as Big);
}

function minus(left: Value, right: Value): Value {
  if (left instanceof Day)
    return right instanceof Day
      ? decimal(left.days - right.days)
      : inCalendar(left.days - whole(right as Big));
  return (left as Big).minus(right as Big);
}

/** The `or` of comparisons with each member; a list without members contains nothing. */
export function isIn(item: Value, items: Value[] | null): boolean | null {
  if (!items || items.length === 0) return false;
  if (item === null) return null;
  if (items.some((each) => each !== null && same(each, item))) return true;
  return items.includes(null) ? null : false;
}

export const operators: Family = {
  "+": folded(plus),
  "-": folded(minus),
  "*": folded((left, right) => (left as Big).times(right as Big)),
  "/": folded((left, right) => quotient(left as Big, right as Big)),
  "%": folded((left, right) => remainder(left as Big, right as Big)),
  negative: strict(([value]: [Big]) => value.times(-1)),
  "=": strict(([left, right]: [Value, Value]) => same(left, right)),
  "!=": strict(([left, right]: [Value, Value]) => !same(left, right)),
  "<": strict(([left, right]: [Value, Value]) => compare(left, right) < 0),
  "<=": strict(([left, right]: [Value, Value]) => compare(left, right) <= 0),
  ">": strict(([left, right]: [Value, Value]) => compare(left, right) > 0),
  ">=": strict(([left, right]: [Value, Value]) => compare(left, right) >= 0),
  and: open((args) => (args.includes(false) ? false : args.includes(null) ? null : true)),
  or: open((args) => (args.includes(true) ? true : args.includes(null) ? null : false)),
  not: strict(([value]: [boolean]) => !value),
  in: open(([item, items]: [Value, Value[] | null]) => isIn(item, items)),
  "[]": open((args) => args),
  BOUND: strict(([value]: [Big]) => bounded(value)),
  TYPED: open(([items]: [Value]) => items),
  MOMENT: strict(([value]: [Moment | Day | string], { zone }) => {
    if (value instanceof Moment) return value;
    if (value instanceof Day) return atWall(value.days * DAY_MS, zone);
    return readMoment(value, zone);
  }),
};
