import { expect, it } from "vitest";

import { readNumber } from "./NumberInput";

it.each([
  ["1,234.50", "1234.50"],
  ["１２３．５", "123.5"],
  ["-0012", "-12"],
  [".5", "0.5"],
  ["12.", "12"],
  ["+7", "7"],
  ["", null],
  ["   ", null],
  ["12345678901234567890.1", "12345678901234567890.1"],
])("%s is read as %s", (typed, value) => {
  expect(readNumber(typed)).toBe(value);
});

it("what is no number is kept, so that the problem can be shown at it", () => {
  expect(readNumber("abc")).toBe("abc");
  expect(readNumber("1.2.3")).toBe("1.2.3");
});
