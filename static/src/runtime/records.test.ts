import { expect, it } from "vitest";

import { ApiError } from "@/shared/api";

import { body, conflictOf, fieldOf, same } from "./records";

it("links and people are written as ids", () => {
  expect(
    body({
      customer: { id: 5, label: "华东精工" },
      owner: { id: 2, name: "王芳" },
      tags: ["a"],
      amount: "1.50",
      none: null,
    }),
  ).toEqual({
    customer: 5,
    owner: 2,
    tags: ["a"],
    amount: "1.50",
    none: null,
  });
});

it("values are the same when they are written the same", () => {
  expect(same({ id: 1, name: "A" }, { id: 1, name: "B" })).toBe(true);
  expect(same(undefined, null)).toBe(true);
  expect(same("1", "1.0")).toBe(false);
});

it("only a 409 with the current record is a conflict of values", () => {
  const current = { id: 1, version: 4, amount: "2" };
  const error = new ApiError(409, [], { yours: { amount: "1" }, current }, null);
  expect(conflictOf(error, {})).toEqual({ yours: { amount: "1" }, current });
  expect(conflictOf(new ApiError(409, [], null, null), {})).toBeNull();
  expect(conflictOf(new ApiError(422, [], { current }, null), {})).toBeNull();
});

it("a problem's path names its field", () => {
  expect(fieldOf("/amount")).toBe("amount");
  expect(fieldOf("/lines/3/price")).toBe("lines");
  expect(fieldOf("")).toBe("");
});
