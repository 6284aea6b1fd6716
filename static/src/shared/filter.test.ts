import { describe, expect, it } from "vitest";

import { type Clause, comparisons, complete, formula, PERIODS, read, write } from "./filter";
import type { FieldInfo } from "./types";

function field(key: string, valueType: string, options: FieldInfo["options"] = {}): FieldInfo {
  return {
    key,
    label: key,
    type: valueType,
    widget: valueType,
    value_type: valueType,
    required: false,
    right: "see",
    options,
  };
}

const FIELDS = new Map(
  [
    field("close", "date"),
    field("created_at", "moment"),
    field("stage", "text", { options: [{ value: "won", label: "赢单" }] }),
    field("tags", "list", { options: [{ value: "vip", label: "VIP" }] }),
    field("amount", "number"),
    field("owner", "person"),
    field("customer", "link", { form: "customer" }),
    field("customer.level", "text"),
    field("name", "text"),
    field("paid", "boolean"),
  ].map((one) => [one.key, one]),
);

const CLAUSES: [Clause, string][] = [
  [{ field: "stage", comparison: "in", values: ["won", "lost"] }, "stage in ['won', 'lost']"],
  [{ field: "stage", comparison: "not_in", values: ["won"] }, "stage not in ['won']"],
  [{ field: "tags", comparison: "in", values: ["vip", "new"] }, "('vip' in tags or 'new' in tags)"],
  [
    { field: "amount", comparison: "between", values: ["1", "2.5"] },
    "(amount >= 1 and amount <= 2.5)",
  ],
  [{ field: "amount", comparison: "at_least", values: ["-3"] }, "amount >= -3"],
  [{ field: "amount", comparison: "equals", values: ["7"] }, "amount = 7"],
  [{ field: "owner", comparison: "in", values: ["3", "4"] }, "owner in [3, 4]"],
  [{ field: "owner", comparison: "me", values: [] }, "owner = USER()"],
  [
    { field: "owner", comparison: "mine_or_below", values: [] },
    "(owner = USER() or owner in SUBORDINATES())",
  ],
  [{ field: "customer", comparison: "in", values: ["5"] }, "customer in [5]"],
  [{ field: "customer.level", comparison: "equals", values: ["A"] }, "customer.level = 'A'"],
  [{ field: "name", comparison: "contains", values: ["it's"] }, `CONTAINS(name, "it's")`],
  [{ field: "name", comparison: "contains", values: ["a and b"] }, "CONTAINS(name, 'a and b')"],
  [{ field: "name", comparison: "empty", values: [] }, "ISEMPTY(name)"],
  [{ field: "name", comparison: "not_empty", values: [] }, "not ISEMPTY(name)"],
  [{ field: "paid", comparison: "yes", values: [] }, "paid = true"],
  [{ field: "close", comparison: "from", values: ["2026-01-01"] }, "close >= '2026-01-01'"],
  [
    { field: "close", comparison: "until", values: ["2026-01-31"] },
    "close < DATEADD('2026-01-31', 1, 'day')",
  ],
  [
    { field: "created_at", comparison: "between", values: ["2026-01-01", "2026-01-31"] },
    "(created_at >= '2026-01-01' and created_at < DATEADD('2026-01-31', 1, 'day'))",
  ],
  [{ field: "close", comparison: "period", values: ["past"] }, "close < TODAY()"],
];

describe("a clause", () => {
  it.each(CLAUSES)("%o is written as %s and read back", (clause, text) => {
    expect(write(clause, FIELDS.get(clause.field))).toBe(text);
    expect(read(text)).toEqual([clause]);
  });

  it.each(PERIODS.map((period) => [period]))(
    "of the period %s survives writing and reading",
    (period) => {
      const clause: Clause = { field: "close", comparison: "period", values: [period] };
      expect(read(write(clause, FIELDS.get("close")))).toEqual([clause]);
    },
  );
});

describe("a filter", () => {
  it("joins its clauses and reads all of them back", () => {
    const all = CLAUSES.map(([clause]) => clause);
    expect(read(formula(all, FIELDS))).toEqual(all);
  });

  it("keeps what it does not understand", () => {
    const text = "amount * 2 > 100 and stage in ['won']";
    const clauses = read(text);
    expect(clauses.map((clause) => clause.comparison)).toEqual(["raw", "in"]);
    expect(formula(clauses, FIELDS)).toBe(text);
  });

  it("keeps an alternative whole and in brackets", () => {
    const clauses = read("stage = 'won' or amount > 5");
    expect(clauses).toHaveLength(1);
    expect(formula([...clauses, { field: "paid", comparison: "yes", values: [] }], FIELDS)).toBe(
      "(stage = 'won' or amount > 5) and paid = true",
    );
  });

  it("is empty for empty text", () => {
    expect(read("")).toEqual([]);
    expect(read(null)).toEqual([]);
    expect(formula([], FIELDS)).toBe("");
  });
});

describe("comparisons", () => {
  it("fit the field", () => {
    expect(comparisons(field("close", "date"))[0]).toBe("period");
    expect(comparisons(field("owner", "person"))).toContain("mine_or_below");
    expect(comparisons(field("industry", "text", { shown: { options: [] } }))[0]).toBe("in");
  });

  it("are complete only with their values", () => {
    expect(complete({ field: "amount", comparison: "between", values: ["1", ""] })).toBe(false);
    expect(complete({ field: "owner", comparison: "me", values: [] })).toBe(true);
    expect(complete({ field: "name", comparison: "contains", values: [] })).toBe(false);
  });
});
