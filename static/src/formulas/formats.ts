/** Formats of TEXT(value, format): 0.00, #,##0.00, 0%, YYYY-MM-DD HH:mm. */
import type { Big } from "big.js";
import { rounded } from "./numbers.ts";
import { decimal, partsOf, two } from "./values.ts";

const NUMBER = /^([^0#]*?)(#,##)?(#|0+)(\.(0+))?(%?)([^0#]*)$/s;
const PARTS = /YYYY|yyyy|YY|yy|MM|DD|dd|HH|hh|mm|ss|M|D|d|H|h|m|s/g;

/** `1234.5` in `#,##0.00` → `1,234.50`; empty when the format is not one. */
export function numberText(value: Big, pattern: string): string | null {
  const match = NUMBER.exec(pattern);
  if (!match) return null;
  const [, before = "", grouped, digits = "", , places = "", percent = "", after = ""] = match;
  if (digits.length > 30 || places.length > 30) return null;
  const shown = rounded(percent ? value.times(decimal(100)) : value, places.length);
  const [whole = "0", rest] = shown.abs().toFixed(places.length).split(".");
  let text = whole.padStart(digits.length, "0");
  if (grouped && digits.length === 1) text = text.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${before}${shown.lt(0) ? "-" : ""}${text}${rest ? `.${rest}` : ""}${percent}${after}`;
}

/** A clock on the wall with each part of the format replaced; everything else stays. */
export function wallText(wall: number, pattern: string): string {
  const { year, month, date, hour, minute, second } = partsOf(wall);
  const fields: Record<string, string> = {
    YYYY: String(year).padStart(4, "0"),
    YY: two(year % 100),
    MM: two(month),
    M: String(month),
    DD: two(date),
    D: String(date),
    HH: two(hour),
    H: String(hour),
    mm: two(minute),
    m: String(minute),
    ss: two(second),
    s: String(second),
  };
  const spellings: Record<string, string> = {
    yyyy: "YYYY",
    yy: "YY",
    dd: "DD",
    d: "D",
    hh: "HH",
    h: "H",
  };
  return pattern.replace(PARTS, (part) => fields[spellings[part] ?? part] ?? part);
}
