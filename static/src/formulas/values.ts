/** Values of formulas in the browser: decimals, days, moments; reading and writing record JSON. */
import BigJs from "big.js";
import type { Big } from "big.js";

/** A constructor of our own, so that nobody else's settings reach ours. */
export const Decimal = BigJs();
Decimal.DP = 40;
Decimal.RM = 1;

/** A date without a time, as days since 1970-01-01. */
export class Day {
  readonly days: number;
  constructor(days: number) {
    this.days = days;
  }
}

/** A point in time, as milliseconds since 1970 in UTC. */
export class Moment {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** Ids of people, departments and records are plain numbers; empty is null. */
export type Value = null | boolean | number | string | Big | Day | Moment | Value[];

export const DAY_MS = 86_400_000;
const FIRST_DAY = -719162;
const LAST_DAY = 2932896;

export function isDecimal(value: unknown): value is Big {
  return value instanceof Decimal;
}

export function decimal(value: number | string | Big): Big {
  return new Decimal(value);
}

export function dayFrom(year: number, month: number, date: number): Day | null {
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, date);
  return inCalendar(Math.round(time.getTime() / DAY_MS));
}

/** The day of that number, empty beyond the years 1 to 9999. */
export function inCalendar(days: number): Day | null {
  return days >= FIRST_DAY && days <= LAST_DAY ? new Day(days) : null;
}

export interface Parts {
  year: number;
  month: number;
  date: number;
  hour: number;
  minute: number;
  second: number;
}

/** The parts of a clock on the wall, given as milliseconds as if it stood in UTC. */
export function partsOf(wall: number): Parts {
  const time = new Date(wall);
  return {
    year: time.getUTCFullYear(),
    month: time.getUTCMonth() + 1,
    date: time.getUTCDate(),
    hour: time.getUTCHours(),
    minute: time.getUTCMinutes(),
    second: time.getUTCSeconds(),
  };
}

export function two(number: number): string {
  return String(number).padStart(2, "0");
}

export function dayText(day: Day): string {
  const { year, month, date } = partsOf(day.days * DAY_MS);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}`;
}

const DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const MOMENT =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?)?(Z|[+-][01]\d:[0-5]\d)?$/;

export function readDay(text: string): Day | null {
  const match = DAY.exec(text.trim());
  if (!match) return null;
  const [year, month, date] = match.slice(1).map(Number) as [number, number, number];
  const day = year ? dayFrom(year, month, date) : null;
  if (!day) return null;
  const found = partsOf(day.days * DAY_MS);
  return found.month === month && found.date === date ? day : null;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let found = formats.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, found);
  }
  return found;
}

/** What the clock on the wall shows at a moment, as milliseconds as if it stood in UTC. */
export function wallOf(moment: number, zone: string): number {
  const found: Record<string, string> = {};
  for (const part of formatOf(zone).formatToParts(moment)) found[part.type] = part.value;
  const year = Number(found.year) * (found.era === "BC" ? -1 : 1) + (found.era === "BC" ? 1 : 0);
  const time = new Date(0);
  time.setUTCFullYear(year, Number(found.month) - 1, Number(found.day));
  time.setUTCHours(Number(found.hour), Number(found.minute), Number(found.second));
  return time.getTime() + (((moment % 1000) + 1000) % 1000);
}

/**
 * The moment at which the clock shows `wall`. Of two readings the one with the smaller offset is
 * taken, as Postgres does: before a gap, after a repetition.
 */
export function atWall(wall: number, zone: string): Moment | null {
  const offsets = [wall - DAY_MS, wall + DAY_MS].map((near) => wallOf(near, zone) - near);
  const fitting = offsets.filter((offset) => wallOf(wall - offset, zone) === wall);
  const moment = wall - Math.min(...(fitting.length ? fitting : offsets));
  return inCalendar(Math.floor(moment / DAY_MS)) ? new Moment(moment) : null;
}

export function readMoment(text: string, zone: string): Moment | null {
  const match = MOMENT.exec(text.trim());
  if (!match || !readDay(`${match[1]}-${match[2]}-${match[3]}`)) return null;
  const [year, month, date, hour, minute, second] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number];
  const day = dayFrom(year, month, date);
  if (!day) return null;
  const fraction = match[7] ? Number(match[7]) * 1000 : 0;
  const wall = day.days * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
  const own = match[8];
  if (own === undefined) return atWall(wall, zone);
  const minutes = own === "Z" ? 0 : Number(own.slice(1, 3)) * 60 + Number(own.slice(4));
  const moment = wall - (own.startsWith("-") ? -minutes : minutes) * 60_000;
  return inCalendar(Math.floor(moment / DAY_MS)) ? new Moment(moment) : null;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;

/** A value of a record's JSON as the language has it; what is not of the type is empty. */
export function read(value: unknown, type: string, zone: string): Value {
  if (value === null || value === undefined || value === "") return null;
  if (type.startsWith("list")) {
    if (!Array.isArray(value)) return null;
    const member = type.slice(5) || "any";
    return value.map((each) => read(each, member, zone));
  }
  switch (type) {
    case "number":
      if (isDecimal(value)) return value;
      if (typeof value === "number") return Number.isFinite(value) ? decimal(value) : null;
      return typeof value === "string" && NUMBER.test(value) ? decimal(value) : null;
    case "text":
      return typeof value === "string" ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "date":
      if (value instanceof Day) return value;
      return typeof value === "string" ? readDay(value) : null;
    case "moment":
      if (value instanceof Moment) return value;
      return typeof value === "string" ? readMoment(value, zone) : null;
    case "person":
    case "department":
    case "link": {
      const id = typeof value === "object" && "id" in value ? value.id : value;
      return typeof id === "number" ? id : null;
    }
    default:
      return typeof value === "string" || typeof value === "boolean" ? value : null;
  }
}

/** The reverse: a value as record JSON, decimals as text. */
export function write(value: Value): unknown {
  if (Array.isArray(value)) return value.map(write);
  if (isDecimal(value)) return decimalText(value);
  if (value instanceof Day) return dayText(value);
  if (value instanceof Moment) return new Date(value.ms).toISOString();
  return value;
}

/** Plain notation without zeros at the end. */
export function decimalText(value: Big): string {
  const text = value.toFixed();
  if (!text.includes(".")) return text === "-0" ? "0" : text;
  const short = text.replace(/0+$/, "").replace(/\.$/, "");
  return short === "-0" ? "0" : short;
}

export function compareText(left: string, right: string): number {
  // By code point: comparing UTF-16 units would put an emoji before a full-width letter.
  const one = Array.from(left);
  const two = Array.from(right);
  const length = Math.min(one.length, two.length);
  for (let place = 0; place < length; place += 1) {
    const difference = (one[place]?.codePointAt(0) ?? 0) - (two[place]?.codePointAt(0) ?? 0);
    if (difference) return difference;
  }
  return one.length - two.length;
}

export function compare(left: Value, right: Value): number {
  if (isDecimal(left) && isDecimal(right)) return left.cmp(right);
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  return order(left) - order(right);
}

function order(value: Value): number {
  if (value instanceof Day) return value.days;
  if (value instanceof Moment) return value.ms;
  return Number(value);
}

export function same(left: Value, right: Value): boolean {
  if (isDecimal(left) && isDecimal(right)) return left.eq(right);
  if (left instanceof Day && right instanceof Day) return left.days === right.days;
  if (left instanceof Moment && right instanceof Moment) return left.ms === right.ms;
  return left === right;
}

/** All values, lists opened, empty ones left out. */
export function members(values: readonly Value[]): Value[] {
  return values.flat(1).filter((value) => value !== null);
}
