/** Numbers, money, dates and times as people read them; decimals stay strings, so no digit is lost. */
import { language } from "./i18n";

export const EMPTY = "—";

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Moments are shown in the application's time zone. */
export function setTimezone(name: string): void {
  zone = name;
}

export function getTimezone(): string {
  return zone;
}

let currency: string | null = null;

/** Amounts without a currency of their own are in the application's. */
export function setCurrency(code: string | null): void {
  currency = code;
}

/**
 * `"1234567.5"` → `"1,234,567.50"` with `scale` 2; `"—"` when empty. Rounds half away from zero.
 * Without `thousands` the digits stand together: years.
 */
export function number(
  value: string | number | null | undefined,
  scale?: number | null,
  thousands = true,
): string {
  if (value === null || value === undefined || value === "") return EMPTY;
  let text = String(value);
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    const parsed = Number(text);
    if (!Number.isFinite(parsed)) return text;
    text = parsed.toFixed(Math.max(scale ?? 6, 0));
  }
  const negative = text.startsWith("-");
  if (negative) text = text.slice(1);
  if (scale != null) text = rounded(text, scale);
  const [whole = "0", fraction] = text.split(".");
  const grouped = thousands ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") : whole;
  const zero = /^[0.]*$/.test(text);
  return `${negative && !zero ? "-" : ""}${grouped}${fraction ? `.${fraction}` : ""}`;
}

function rounded(text: string, scale: number): string {
  const [whole = "0", fraction = ""] = text.split(".");
  const padded = fraction.padEnd(scale + 1, "0");
  let digits = BigInt(whole + padded.slice(0, scale));
  if ((padded[scale] ?? "0") >= "5") digits += 1n;
  const result = digits.toString().padStart(scale + 1, "0");
  return scale === 0
    ? result
    : `${result.slice(0, result.length - scale)}.${result.slice(result.length - scale)}`;
}

/** A large number in few characters: 1,000.55 万 in Chinese, 10.01 M in English. */
export function compact(value: string | number | null | undefined, scale?: number | null): string {
  if (value === null || value === undefined || value === "") return EMPTY;
  const amount = Number(value);
  if (!Number.isFinite(amount)) return String(value);
  const steps: [number, string][] =
    language === "en"
      ? [
          [1e9, "B"],
          [1e6, "M"],
          [1e4, "K"],
        ]
      : [
          [1e8, "亿"],
          [1e5, "万"],
        ];
  const size = Math.abs(amount);
  for (const [from, unit] of steps) {
    if (size >= from) {
      const divisor = unit === "万" ? 1e4 : unit === "K" ? 1e3 : from;
      const scaled = amount / divisor;
      const digits = Math.abs(scaled) >= 1000 ? 1 : 2;
      return `${number(trimmed(scaled, digits))} ${unit}`;
    }
  }
  return number(String(value), scale ?? (Number.isInteger(amount) ? 0 : 2));
}

function trimmed(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.?0+$/, "");
}

/** A day, `2026-11-21`. Dates have no time zone. */
export function day(value: string | null | undefined): string {
  return value ? value.slice(0, 10) : EMPTY;
}

function parts(moment: Date): Record<string, string> {
  const result: Record<string, string> = {};
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  for (const part of format.formatToParts(moment)) result[part.type] = part.value;
  return result;
}

/** A moment in the application's zone, `2026-11-21 10:32`. */
export function moment(value: string | null | undefined): string {
  if (!value) return EMPTY;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return value;
  const p = parts(date);
  return `${p.year}-${p.month}-${p.day} ${p.hour}:${p.minute}`;
}

export function clock(value: Date): string {
  const p = parts(value);
  return `${p.hour}:${p.minute}`;
}

/** Today's date in the application's zone. */
export function today(now: Date = new Date()): string {
  const p = parts(now);
  return `${p.year}-${p.month}-${p.day}`;
}

/** How long ago or until: 「2 小时前」, "in 3 days". */
export function relative(value: string | null | undefined, now: Date = new Date()): string {
  if (!value) return EMPTY;
  const seconds = (new Date(value).getTime() - now.getTime()) / 1000;
  const size = Math.abs(seconds);
  const format = new Intl.RelativeTimeFormat(language === "en" ? "en" : "zh-CN", {
    numeric: "auto",
  });
  if (size < 60) return language === "en" ? "just now" : "刚刚";
  if (size < 3600) return spaced(format.format(Math.round(seconds / 60), "minute"));
  if (size < 86_400) return spaced(format.format(Math.round(seconds / 3600), "hour"));
  if (size < 30 * 86_400) return spaced(format.format(Math.round(seconds / 86_400), "day"));
  return moment(value).slice(0, 10);
}

/** How long something has lasted: 「2 小时」, "2 hours". */
export function duration(from: string | null | undefined, now: Date = new Date()): string {
  if (!from) return EMPTY;
  const minutes = Math.max(0, (now.getTime() - new Date(from).getTime()) / 60_000);
  const [count, unit]: [number, "minute" | "hour" | "day"] =
    minutes < 60
      ? [Math.max(1, Math.round(minutes)), "minute"]
      : minutes < 1440
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1440), "day"];
  return spaced(
    new Intl.NumberFormat(language === "en" ? "en" : "zh-CN", {
      style: "unit",
      unit,
      unitDisplay: "long",
    }).format(count),
  );
}

function spaced(text: string): string {
  return language === "en" ? text : text.replace(/(\d)\s*(?=[一-鿿])/g, "$1 ");
}

const SYMBOLS: Record<string, string> = {
  CNY: "¥",
  USD: "$",
  EUR: "€",
  GBP: "£",
  JPY: "¥",
  HKD: "HK$",
  TWD: "NT$",
  KRW: "₩",
  INR: "₹",
};

/** The symbol of a currency, of the application's when none is named. */
export function currencySymbol(code?: string | null): string {
  const named = code ?? currency;
  return named ? (SYMBOLS[named] ?? named) : "";
}

export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
