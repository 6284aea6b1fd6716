/** Sums, rounding and the rest of arithmetic; what works on many values skips empty ones. */
import type { Big } from "big.js";
import { open, strict } from "../function.ts";
import type { Family } from "../function.ts";
import {
  DOWN,
  HALF_UP,
  UP,
  bounded,
  exp,
  floor,
  ln,
  log,
  power,
  quotient,
  remainder,
  root,
  rounded,
  whole,
} from "../numbers.ts";
import type { Mode } from "../numbers.ts";
import { compare, decimal, members } from "../values.ts";
import type { Value } from "../values.ts";

function numbers(args: Value[]): Big[] {
  return members(args) as Big[];
}

function sum(found: readonly Big[]): Big {
  return found.reduce((total, each) => total.plus(each), decimal(0));
}

function sorted(args: Value[]): Value[] {
  return members(args).sort(compare);
}

function median(args: Value[]): Value {
  const found = sorted(args) as Big[];
  const middle = Math.floor(found.length / 2);
  const upper = found[middle];
  if (!upper) return null;
  if (found.length % 2) return upper;
  return quotient((found[middle - 1] ?? upper).plus(upper), decimal(2));
}

function product(args: Value[]): Value {
  const found = numbers(args);
  if (found.length === 0) return null;
  return found.reduce<Big | null>(
    (total, each) => (total === null ? null : bounded(total.times(each))),
    decimal(1),
  );
}

function nth(args: [Value[], Big], descending: boolean): Value {
  const found = sorted(args[0]);
  if (descending) found.reverse();
  return found[whole(args[1]) - 1] ?? null;
}

function places(value: Big | undefined): number {
  return value === undefined ? 0 : Math.max(-30, Math.min(30, whole(value)));
}

function rounding(mode: Mode) {
  return strict(([value, at]: [Big, Big?]) => rounded(value, places(at), mode));
}

function stepped(value: Big, step: Big, up: boolean): Value {
  if (step.lte(0)) return null;
  const rest = remainder(value, step) ?? decimal(0);
  const below = value.minus(rest);
  return up && !rest.eq(0) ? below.plus(step) : below;
}

const count = open((args) => decimal(members(args).length));
const trunc = rounding(DOWN);

export const math: Family = {
  SUM: open((args) => sum(numbers(args))),
  AVERAGE: open((args) => {
    const found = numbers(args);
    return quotient(sum(found), decimal(found.length));
  }),
  MIN: open((args) => sorted(args)[0] ?? null),
  MAX: open((args) => sorted(args).at(-1) ?? null),
  PRODUCT: open(product),
  MEDIAN: open(median),
  COUNT: count,
  COUNTA: count,
  COUNTBLANK: open((args) => decimal(args.flat(1).filter((each) => each === null).length)),
  SUMPRODUCT: open(([left, right]: [(Big | null)[] | null, (Big | null)[] | null]) =>
    sum(
      (left ?? []).flatMap((one, place) => {
        const two = right?.[place];
        return one && two ? [one.times(two)] : [];
      }),
    ),
  ),
  LARGE: strict((args: [Value[], Big]) => nth(args, true)),
  SMALL: strict((args: [Value[], Big]) => nth(args, false)),
  ABS: strict(([value]: [Big]) => value.abs()),
  SIGN: strict(([value]: [Big]) => decimal(value.cmp(0))),
  INT: strict(([value]: [Big]) => floor(value)),
  MOD: strict(([value, divisor]: [Big, Big]) => remainder(value, divisor)),
  QUOTIENT: strict(([left, right]: [Big, Big]) =>
    right.eq(0) ? null : wholeQuotient(left, right),
  ),
  ROUND: rounding(HALF_UP),
  ROUNDUP: rounding(UP),
  ROUNDDOWN: trunc,
  TRUNC: trunc,
  CEILING: strict(([value, step]: [Big, Big?]) => stepped(value, step ?? decimal(1), true)),
  FLOOR: strict(([value, step]: [Big, Big?]) => stepped(value, step ?? decimal(1), false)),
  POWER: strict(([base, exponent]: [Big, Big]) => power(base, exponent)),
  SQRT: strict(([value]: [Big]) => root(value)),
  LOG: strict(([value, base]: [Big, Big?]) => log(value, base ?? decimal(10))),
  LN: strict(([value]: [Big]) => ln(value)),
  EXP: strict(([value]: [Big]) => exp(value)),
  PI: strict(() => decimal("3.141592653589793")),
};

function wholeQuotient(left: Big, right: Big): Big {
  return left.minus(left.mod(right)).div(right).round(0, HALF_UP);
}
