import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { Body } from "./definitions";
import type { Json } from "./json";
import { merged, mergedBodies } from "./merge";

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;

describe("two people's changes", () => {
  it("are both kept where they touch different places", () => {
    const base = { label: "商机", fields: { a: { label: "甲" }, b: { label: "乙", max: 1 } } };
    const mine = { label: "商机", fields: { a: { label: "甲方" }, b: { label: "乙", max: 1 } } };
    const theirs = { label: "机会", fields: { a: { label: "甲" }, b: { label: "乙" } } };
    expect(merged(base, mine, theirs)).toEqual({
      value: { label: "机会", fields: { a: { label: "甲方" }, b: { label: "乙" } } },
      clashes: [],
    });
  });

  it("clash where both changed one place, and nowhere else", () => {
    const found = merged({ a: 1, b: 1 }, { a: 2, b: 1, c: 3 }, { a: 3, b: 4 });
    expect(found).toEqual({ value: { a: 2, b: 4, c: 3 }, clashes: [["a"]] });
  });

  it("clash where one removed what the other changed", () => {
    expect(merged({ a: { x: 1 } }, {}, { a: { x: 2 } }).clashes).toEqual([["a"]]);
  });

  it("change nothing when only one of them changed something", () => {
    fc.assert(
      fc.property(json, json, (base, changed) => {
        expect(merged(base, changed, base)).toEqual({ value: changed, clashes: [] });
        expect(merged(base, base, changed)).toEqual({ value: changed, clashes: [] });
        expect(merged(base, changed, changed)).toEqual({ value: changed, clashes: [] });
      }),
    );
  });

  it("place the fields of both on a form", () => {
    const form = (...keys: string[]): Body =>
      ({
        kind: "form",
        key: "deal",
        label: "商机",
        fields: Object.fromEntries(keys.map((key) => [key, { type: "text", label: key }])),
        layout: [{ rows: keys.map((key) => [key]) }],
      }) as unknown as Body;
    const { value, clashes } = mergedBodies(form("a"), form("a", "mine"), form("a", "theirs"));
    expect(clashes).toEqual([]);
    expect(JSON.stringify(value.layout)).toContain("theirs");
    expect(JSON.stringify(value.layout)).toContain("mine");
    expect(Object.keys(value.fields as object).sort()).toEqual(["a", "mine", "theirs"]);
  });
});
