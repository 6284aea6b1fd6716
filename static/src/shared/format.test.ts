import { afterEach, describe, expect, it } from "vitest";

import {
  compact,
  currencySymbol,
  day,
  duration,
  moment,
  number,
  setCurrency,
  setTimezone,
  today,
} from "./format";

afterEach(() => {
  setTimezone("Asia/Shanghai");
  setCurrency(null);
});

describe("number", () => {
  it("groups digits and loses none", () => {
    expect(number("12345678901234567890.12")).toBe("12,345,678,901,234,567,890.12");
    expect(number("-1234.5")).toBe("-1,234.5");
  });

  it("rounds half away from zero, as the server does", () => {
    expect(number("2.5", 0)).toBe("3");
    expect(number("-2.5", 0)).toBe("-3");
    expect(number("0.005", 2)).toBe("0.01");
    expect(number("-0.001", 2)).toBe("0.00");
    expect(number("999.995", 2)).toBe("1,000.00");
  });

  it("shows empty as a dash", () => {
    expect(number(null)).toBe("—");
    expect(number("")).toBe("—");
  });
});

describe("compact", () => {
  it("uses 万 and 亿 in Chinese", () => {
    expect(compact("10005534")).toBe("1,000.6 万");
    expect(compact("250000000")).toBe("2.5 亿");
    expect(compact("8800")).toBe("8,800");
    expect(compact("-558930")).toBe("-55.89 万");
  });
});

describe("dates and moments", () => {
  it("a date has no time zone", () => {
    setTimezone("America/New_York");
    expect(day("2026-03-08")).toBe("2026-03-08");
  });

  it("a moment is shown in the application's zone", () => {
    setTimezone("Asia/Shanghai");
    expect(moment("2026-11-21T16:30:00+00:00")).toBe("2026-11-22 00:30");
    setTimezone("America/New_York");
    expect(moment("2026-11-21T16:30:00+00:00")).toBe("2026-11-21 11:30");
  });

  it("today is today in that zone", () => {
    setTimezone("Asia/Shanghai");
    expect(today(new Date("2026-11-21T20:00:00Z"))).toBe("2026-11-22");
  });

  it("a duration is one unit", () => {
    const now = new Date("2026-11-21T12:00:00Z");
    expect(duration("2026-11-21T10:00:00Z", now)).toBe("2 小时");
    expect(duration("2026-11-18T12:00:00Z", now)).toBe("3 天");
  });
});

it("an amount without a currency is in the application's", () => {
  setCurrency("USD");
  expect(currencySymbol()).toBe("$");
  expect(currencySymbol("CNY")).toBe("¥");
});
