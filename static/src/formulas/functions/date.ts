/** Dates and moments: now, parts, steps, differences, working days. */
import type { Big } from "big.js";
import { open, strict } from "../function.ts";
import type { Context, Family } from "../function.ts";
import { whole } from "../numbers.ts";
import {
  DAY_MS,
  Day,
  Moment,
  atWall,
  dayFrom,
  decimal,
  inCalendar,
  partsOf,
  readDay,
  wallOf,
} from "../values.ts";
import type { Parts, Value } from "../values.ts";

const CLOCK: Record<string, number> = { hour: 3_600_000, minute: 60_000, second: 1000 };
const MONTHS: Record<string, number> = { year: 12, quarter: 3, month: 1 };
const DAYS: Record<string, number> = { week: 7, day: 1 };
const MOST_MS = 400_000_000_000_000;
const MOST_DAYS = 40_000;
const MOST_WORKDAYS = 10_000;

function dayOf(value: Day | Moment, zone: string): Day {
  if (value instanceof Day) return value;
  return new Day(Math.floor(wallOf(value.ms, zone) / DAY_MS));
}

function parts(value: Day | Moment, zone: string): Parts {
  return partsOf(value instanceof Day ? value.days * DAY_MS : wallOf(value.ms, zone));
}

/** 1 is Monday, 7 Sunday. */
function weekday(day: Day): number {
  return ((((day.days + 3) % 7) + 7) % 7) + 1;
}

function monthsLater(day: Day, months: number): Day | null {
  const { year, month, date } = partsOf(day.days * DAY_MS);
  const index = year * 12 + month - 1 + months;
  if (index < 12 || index >= 120_000) return null;
  const [to, at] = [Math.floor(index / 12), (index % 12) + 1];
  const next = new Date(0);
  next.setUTCFullYear(to, at, 0);
  return dayFrom(to, at, Math.min(date, next.getUTCDate()));
}

function isoWeek(day: Day): number {
  // The week belongs to the year of its Thursday.
  const thursday = day.days + 4 - weekday(day);
  const { year } = partsOf(thursday * DAY_MS);
  const first = dayFrom(year, 1, 1)?.days ?? 0;
  return Math.floor((thursday - first) / 7) + 1;
}

function date(args: Value[], { zone }: Context): Value {
  const [first] = args;
  if (first instanceof Day || first instanceof Moment) return dayOf(first, zone);
  if (typeof first === "string") return readDay(first);
  const [year = 0, month = 0, place = 0] = (args as Big[]).map((each) => whole(each));
  if (year < 1 || year > 9999) return null;
  const begin = monthsLater(dayFrom(year, 1, 1) ?? new Day(0), month - 1);
  return begin && inCalendar(begin.days + place - 1);
}

function later(value: Day | Moment, count: Big, unit: string, zone: string): Value {
  const steps = whole(count, 1_000_000_000_000);
  const clock = CLOCK[unit];
  if (clock !== undefined && value instanceof Moment) {
    if (Math.abs(steps * clock) > MOST_MS) return null;
    const ms = value.ms + steps * clock;
    return inCalendar(Math.floor(ms / DAY_MS)) && new Moment(ms);
  }
  const day = dayOf(value, zone);
  const months = MONTHS[unit];
  const place =
    months !== undefined
      ? monthsLater(day, steps * months)
      : inCalendar(day.days + steps * (DAYS[unit] ?? 1));
  if (!place || value instanceof Day) return place;
  const wall = wallOf(value.ms, zone);
  return atWall(place.days * DAY_MS + (wall - Math.floor(wall / DAY_MS) * DAY_MS), zone);
}

function difference(start: Day | Moment, end: Day | Moment, unit: string): Big {
  const order = (value: Day | Moment) => (value instanceof Day ? value.days : value.ms);
  if (order(start) > order(end)) return difference(end, start, unit).times(-1);
  const gone = order(end) - order(start);
  const step = CLOCK[unit] ?? DAYS[unit];
  if (step !== undefined) return decimal(Math.floor(gone / step));
  const one = partsOf(order(start) * DAY_MS);
  const two = partsOf(order(end) * DAY_MS);
  const months = (two.year - one.year) * 12 + two.month - one.month - (two.date < one.date ? 1 : 0);
  return decimal(Math.floor(months / (MONTHS[unit] ?? 1)));
}

function weekdayNumber(day: Day, kind: Big | undefined): Value {
  const monday = weekday(day);
  if (kind === undefined || kind.eq(1)) return decimal((monday % 7) + 1);
  if (kind.eq(2)) return decimal(monday);
  return kind.eq(3) ? decimal(monday - 1) : null;
}

function weekNumber(day: Day, kind: Big | undefined): Value {
  if (kind?.eq(21)) return decimal(isoWeek(day));
  const sunday = kind === undefined || kind.eq(1);
  if (!sunday && !kind?.eq(2)) return null;
  const first = dayFrom(partsOf(day.days * DAY_MS).year, 1, 1) ?? day;
  const before = sunday ? weekday(first) % 7 : weekday(first) - 1;
  return decimal(Math.floor((day.days - first.days + before) / 7) + 1);
}

function monthEnd(day: Day, months: number): Value {
  const { year, month } = partsOf(day.days * DAY_MS);
  const begin = monthsLater(dayFrom(year, month, 1) ?? day, months);
  if (!begin) return null;
  const next = monthsLater(begin, 1);
  return next ? new Day(next.days - 1) : dayFrom(9999, 12, 31);
}

function startOf(day: Day, unit: string): Value {
  if (unit === "day") return day;
  if (unit === "week") return new Day(day.days - weekday(day) + 1);
  const { year, month } = partsOf(day.days * DAY_MS);
  if (unit === "year") return dayFrom(year, 1, 1);
  return dayFrom(year, unit === "month" ? month : Math.floor((month - 1) / 3) * 3 + 1, 1);
}

function daySet(days: Value | undefined): Set<number> {
  return new Set(((days ?? []) as (Day | null)[]).flatMap((day) => (day ? [day.days] : [])));
}

function isWorkday(days: number, off: Set<number>, on: Set<number>): boolean {
  return on.has(days) || (weekday(new Day(days)) <= 5 && !off.has(days));
}

function workdays(args: Value[]): Value {
  const [start, end, off, on] = args as [Day | null, Day | null, Value, Value];
  if (!start || !end || Math.abs(end.days - start.days) > MOST_DAYS) return null;
  const [closed, opened] = [daySet(off), daySet(on)];
  const [first, last] = [Math.min(start.days, end.days), Math.max(start.days, end.days)];
  let count = 0;
  for (let day = first; day <= last; day += 1) if (isWorkday(day, closed, opened)) count += 1;
  return decimal(start.days > end.days ? -count : count);
}

function workday(args: Value[]): Value {
  const [start, count, off, on] = args as [Day | null, Big | null, Value, Value];
  if (!start || !count || count.abs().gt(MOST_WORKDAYS)) return null;
  const [closed, opened] = [daySet(off), daySet(on)];
  let left = whole(count);
  const step = left > 0 ? 1 : -1;
  let place = start.days;
  for (let walked = 0; walked < MOST_DAYS && left !== 0; walked += 1) {
    place += step;
    if (!inCalendar(place)) return null;
    if (isWorkday(place, closed, opened)) left -= step;
  }
  return left === 0 ? new Day(place) : null;
}

function part(pick: (parts: Parts) => number) {
  return strict(([value]: [Day | Moment], { zone }) => decimal(pick(parts(value, zone))));
}

const differs = strict(([start, end, unit]: [Day | Moment, Day | Moment, string]) =>
  difference(start, end, unit),
);
const between = open(workdays);

export const dates: Family = {
  TODAY: strict((_, { now, zone }) => dayOf(new Moment(now), zone)),
  NOW: strict((_, { now }) => new Moment(now)),
  DATE: strict(date),
  DATEADD: strict(([value, count, unit]: [Day | Moment, Big, string], { zone }) =>
    later(value, count, unit, zone),
  ),
  DATEDIF: differs,
  DATEIF: differs,
  DAYS: strict(([end, start]: [Day, Day]) => decimal(end.days - start.days)),
  EDATE: strict(([value, months]: [Day, Big]) => monthsLater(value, whole(months))),
  EOMONTH: strict(([value, months]: [Day, Big?]) =>
    monthEnd(value, months === undefined ? 0 : whole(months)),
  ),
  STARTOF: strict(([value, unit]: [Day, string]) => startOf(value, unit)),
  YEAR: part(({ year }) => year),
  QUARTER: part(({ month }) => Math.floor((month + 2) / 3)),
  MONTH: part(({ month }) => month),
  DAY: part((found) => found.date),
  HOUR: part(({ hour }) => hour),
  MINUTE: part(({ minute }) => minute),
  SECOND: part(({ second }) => second),
  ISOWEEKNUM: strict(([value]: [Day | Moment], { zone }) => decimal(isoWeek(dayOf(value, zone)))),
  WEEKDAY: strict(([value, kind]: [Day, Big?]) => weekdayNumber(value, kind)),
  WEEKNUM: strict(([value, kind]: [Day, Big?]) => weekNumber(value, kind)),
  NETWORKDAYS: between,
  NETWORKDAY: between,
  WORKDAY: open(workday),
};
