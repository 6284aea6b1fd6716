/** Decimal arithmetic beyond what big.js has, rounded as on the server. */
import type { Big } from "big.js";
import { Decimal, decimal } from "./values.ts";

const LARGEST = decimal("1e60");
const PLACES = 100;
const LN_2 =
  "0.693147180559945309417232121458176568075500134360255254120680009493393621969694715605863326996418687542001481020570685734";
const LN_10 =
  "2.30258509299404568401799145468436420760110148862877297603332790096757260967735248023599720508959829834196778404228624863";

/** Carries a hundred decimals: for logarithms and powers only. */
const Long = Decimal();
Long.DP = PLACES;
Long.RM = 1;

export const DOWN = 0;
export const HALF_UP = 1;
export const UP = 3;
export type Mode = 0 | 1 | 3;

/** At `places` decimals; negative places round to tens, hundreds … */
export function rounded(value: Big, places: number, mode: Mode = HALF_UP): Big {
  if (places >= 0) return value.round(places, mode);
  const unit = decimal(10).pow(-places);
  return shifted(value, places).round(0, mode).times(unit);
}

function shifted(value: Big, places: number): Big {
  return value.times(decimal(`1e${places}`));
}

export function quotient(left: Big, right: Big): Big | null {
  return right.eq(0) ? null : left.div(right).round(12, HALF_UP);
}

/** What is left, with the sign of the divisor. */
export function remainder(left: Big, right: Big): Big | null {
  if (right.eq(0)) return null;
  const rest = left.mod(right);
  return !rest.eq(0) && rest.lt(0) !== right.lt(0) ? rest.plus(right) : rest;
}

export function floor(value: Big): Big {
  const cut = value.round(0, DOWN);
  return cut.gt(value) ? cut.minus(1) : cut;
}

/** At most 30 decimals; empty from 1e60 on. */
export function bounded(value: Big): Big | null {
  return value.abs().gte(LARGEST) ? null : value.round(30, HALF_UP);
}

/** Cut towards zero, within ±limit. */
export function whole(value: Big, limit = 1_000_000_000): number {
  if (value.abs().gte(limit)) return value.gt(0) ? limit : -limit;
  return Number(value.round(0, DOWN).toFixed());
}

function short(value: Big): Big {
  return value.round(PLACES, HALF_UP);
}

function logarithm(value: Big): Big {
  let left = new Long(value);
  let sum = new Long(0);
  const exponent = left.e;
  left = left.div(new Long(`1e${exponent}`));
  sum = sum.plus(new Long(LN_10).times(exponent));
  while (left.gt("1.5")) {
    left = left.div(2);
    sum = sum.plus(LN_2);
  }
  // ln x = 2 (z + z³/3 + z⁵/5 …) with z = (x - 1) / (x + 1)
  const z = left.minus(1).div(left.plus(1));
  const square = short(z.times(z));
  let power = z;
  let series = new Long(0);
  for (let n = 1; !short(power).eq(0); n += 2) {
    series = series.plus(power.div(n));
    power = short(power.times(square));
  }
  return short(sum.plus(series.times(2)));
}

function exponential(value: Big): Big {
  const halvings = 12;
  const twos = Math.round(Number(value.div(LN_2).toFixed(0)));
  const rest = new Long(value).minus(new Long(LN_2).times(twos)).div(2 ** halvings);
  let term = new Long(1);
  let sum = new Long(1);
  for (let n = 1; !term.eq(0); n += 1) {
    term = short(term.times(rest).div(n));
    sum = sum.plus(term);
  }
  for (let n = 0; n < halvings; n += 1) sum = short(sum.times(sum));
  return twos < 0 ? sum.div(new Long(2).pow(-twos)) : sum.times(new Long(2).pow(twos));
}

const LN_LARGEST = decimal("138.15");

export function ln(value: Big): Big | null {
  return value.lte(0) ? null : decimal(logarithm(value)).round(12, HALF_UP);
}

export function log(value: Big, base: Big): Big | null {
  if (value.lte(0) || base.lte(0) || base.eq(1)) return null;
  return decimal(logarithm(value).div(logarithm(base))).round(12, HALF_UP);
}

export function exp(value: Big): Big | null {
  if (value.gte(LN_LARGEST)) return null;
  if (value.lt(LN_LARGEST.times(-1))) return decimal(0);
  return decimal(exponential(value)).round(12, HALF_UP);
}

export function root(value: Big): Big | null {
  return value.lt(0) ? null : value.sqrt().round(12, HALF_UP);
}

export function power(base: Big, exponent: Big): Big | null {
  if (base.eq(0)) return exponent.gt(0) ? decimal(0) : exponent.eq(0) ? decimal(1) : null;
  const isWhole = exponent.round(0, DOWN).eq(exponent);
  if (exponent.abs().gt(1000) || (base.lt(0) && !isWhole)) return null;
  const size = logarithm(base.abs()).times(exponent);
  if (size.abs().gte(LN_LARGEST)) return exponent.gt(0) === base.abs().lt(1) ? decimal(0) : null;
  if (!isWhole) return decimal(exponential(size)).round(12, HALF_UP);
  let result = new Long(1);
  let factor = new Long(base);
  for (let left = Math.abs(Number(exponent.toFixed())); left > 0; left = Math.floor(left / 2)) {
    if (left % 2) result = digits(result.times(factor));
    factor = digits(factor.times(factor));
  }
  if (exponent.lt(0)) result = new Long(1).div(result);
  return decimal(result).round(12, HALF_UP);
}

/** Two hundred significant digits are plenty, and keep long powers fast. */
function digits(value: Big): Big {
  return value.c.length > 200 ? value.prec(200, HALF_UP) : value;
}
