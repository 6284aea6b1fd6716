/** Text: joining, cutting, finding, changing, formatting. Places count code points. */
import type { Big } from "big.js";
import { numberText, wallText } from "../formats.ts";
import { open, strict } from "../function.ts";
import type { Family } from "../function.ts";
import { whole } from "../numbers.ts";
import {
  DAY_MS,
  Day,
  Moment,
  dayText,
  decimal,
  decimalText,
  isDecimal,
  wallOf,
} from "../values.ts";
import type { Value } from "../values.ts";

const MOST_TEXT = 100_000;
const BLANKS = /[ \t\n\r\u00a0\u3000]+/g;
// eslint-disable-next-line no-control-regex -- these are the characters to take out
const CONTROL = /[\u0001-\u001f\u007f]/g;

function points(text: string): string[] {
  return Array.from(text);
}

function plain(value: Value, zone: string): string {
  if (isDecimal(value)) return decimalText(value);
  if (value instanceof Day) return dayText(value);
  if (value instanceof Moment) return wallText(wallOf(value.ms, zone), "YYYY-MM-DD HH:mm");
  if (typeof value === "string") return value;
  return typeof value === "boolean" ? (value ? "true" : "false") : `${value as number}`;
}

function mapped(text: string, change: (character: string) => string): string {
  return points(text)
    .map((each) => (points(change(each)).length === 1 ? change(each) : each))
    .join("");
}

const upper = (text: string) => mapped(text, (each) => each.toUpperCase());
const lower = (text: string) => mapped(text, (each) => each.toLowerCase());

function found(needle: string, text: string, start: Big | undefined): Value {
  const first = start === undefined ? 1 : whole(start);
  const characters = points(text);
  if (first < 1 || first > characters.length) return null;
  const rest = characters.slice(first - 1).join("");
  const place = rest.indexOf(needle);
  return place < 0 ? null : decimal(points(rest.slice(0, place)).length + first);
}

function substituted(args: [string | null, string | null, string | null, Big?]): Value {
  const [text, old, by] = args;
  if (text === null || old === null) return text;
  const parts = text.split(old);
  const put = by ?? "";
  if (args[3] === undefined || args[3] === null) {
    const longer = points(put).length - points(old).length;
    return points(text).length + (parts.length - 1) * longer > MOST_TEXT ? null : parts.join(put);
  }
  const place = whole(args[3]);
  if (place < 1) return null;
  if (place >= parts.length) return text;
  return parts.slice(0, place).join(old) + put + parts.slice(place).join(old);
}

function replaced(args: [string | null, Big | null, Big | null, string | null]): Value {
  const [text, start, count, by] = args;
  if (text === null || start === null || count === null) return null;
  const first = whole(start);
  const length = whole(count);
  if (first < 1 || length < 0) return null;
  const characters = points(text);
  return [
    ...characters.slice(0, first - 1),
    by ?? "",
    ...characters.slice(first - 1 + length),
  ].join("");
}

function padded(args: [string, Big, string?], left: boolean): Value {
  const characters = points(args[0]);
  const length = whole(args[1]);
  if (length < 0 || length > MOST_TEXT) return null;
  const missing = length - characters.length;
  if (missing <= 0) return characters.slice(0, length).join("");
  const filling = points(args[2] ?? " ");
  const padding = Array.from({ length: missing }, (_, at) => filling[at % filling.length]).join("");
  return left ? padding + args[0] : args[0] + padding;
}

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(%?)$/;

function numberFrom(value: Value): Value {
  if (typeof value !== "string") return value;
  if (points(value).length > 60) return null;
  const text = value.replace(/^ +| +$/g, "").replaceAll(",", "");
  const match = NUMBER.exec(text);
  if (!match || text.replace(/\D/g, "").length > 30) return null;
  const number = decimal(match[3] ? text.slice(0, -1) : text);
  return match[3] ? number.times("0.01") : number;
}

function formatted(value: Value, pattern: string | undefined, zone: string): Value {
  if (pattern === undefined) return plain(value, zone);
  if (isDecimal(value)) return numberText(value, pattern);
  if (value instanceof Day) return wallText(value.days * DAY_MS, pattern);
  if (value instanceof Moment) return wallText(wallOf(value.ms, zone), pattern);
  return plain(value, zone);
}

function limited(text: string): Value {
  return text.length > MOST_TEXT && points(text).length > MOST_TEXT ? null : text;
}

const concat = open((args, { zone }) =>
  args
    .flat(1)
    .filter((value) => value !== null)
    .map((value) => plain(value, zone))
    .join(""),
);
const length = strict(([each]: [string]) => decimal(points(each).length));
const value = strict(([each]: [Value]) => numberFrom(each));

export const text: Family = {
  CONCAT: concat,
  CONCATENATE: concat,
  LEFT: strict(([each, count]: [string, Big?]) => {
    const size = count === undefined ? 1 : whole(count);
    return size < 0 ? null : points(each).slice(0, size).join("");
  }),
  RIGHT: strict(([each, count]: [string, Big?]) => {
    const size = count === undefined ? 1 : whole(count);
    if (size < 0) return null;
    return size === 0 ? null : points(each).slice(-size).join("");
  }),
  MID: strict(([each, start, count]: [string, Big, Big]) => {
    const first = whole(start);
    const size = whole(count);
    if (first < 1 || size < 0) return null;
    return points(each)
      .slice(first - 1, first - 1 + size)
      .join("");
  }),
  LEN: length,
  COUNTCHAR: length,
  UPPER: strict(([each]: [string]) => upper(each)),
  LOWER: strict(([each]: [string]) => lower(each)),
  TRIM: strict(([each]: [string]) => each.replace(BLANKS, " ").replace(/^ | $/g, "")),
  CLEAN: strict(([each]: [string]) => each.replace(CONTROL, "")),
  REPLACE: open(replaced),
  SUBSTITUTE: open(substituted),
  REPT: strict(([each, count]: [string, Big]) => {
    const times = whole(count);
    if (times < 0 || times * points(each).length > MOST_TEXT) return null;
    return each.repeat(times);
  }),
  FIND: strict(([needle, each, start]: [string, string, Big?]) => found(needle, each, start)),
  SEARCH: strict(([needle, each, start]: [string, string, Big?]) =>
    found(lower(needle), lower(each), start),
  ),
  CONTAINS: strict(([each, part]: [string, string]) => each.includes(part)),
  STARTSWITH: strict(([each, part]: [string, string]) => each.startsWith(part)),
  ENDSWITH: strict(([each, part]: [string, string]) => each.endsWith(part)),
  LPAD: strict((args: [string, Big, string?]) => padded(args, true)),
  RPAD: strict((args: [string, Big, string?]) => padded(args, false)),
  STRREVERSE: strict(([each]: [string]) => points(each).reverse().join("")),
  TEXT: strict(([each, pattern]: [Value, string?], { zone }) => formatted(each, pattern, zone)),
  VALUE: value,
  NUMBER: value,
  SPLIT: strict(([each, separator]: [string, string]) =>
    each.split(separator).map((part) => part || null),
  ),
  JOIN: open(([items, separator]: [Value[] | null, string | null], { zone }) =>
    limited(
      (items ?? [])
        .filter((each) => each !== null)
        .map((each) => plain(each, zone))
        .join(separator ?? ""),
    ),
  ),
};
