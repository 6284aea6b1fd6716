import { expect, test } from "vitest";

import type { Form } from "./definitions";
import {
  copies,
  layoutOf,
  pastedFields,
  clipboardText,
  renameInFormula,
  uniqueKey,
  withFieldDuplicated,
  withFieldMoved,
  withFieldRenamed,
  withFields,
  withoutFields,
} from "./form";
import { optionsFrom, plainKey } from "./options";

const form: Form = {
  kind: "form",
  key: "deal",
  format: 1,
  label: "商机",
  title: "{{name}}",
  fields: {
    name: { type: "text", label: "名称" },
    price: { type: "money", label: "价格" },
    total: { type: "formula", returns: "money", formula: "price * 2 + LEN('price')" },
  },
  checks: [{ that: "price > 0", message: "!", at: "price" }],
  views: { all: { type: "table", columns: ["name", "price"], sort: ["-price"] } },
};

test("fields are added below one another and `fields` follows the order on the form", () => {
  const next = withFields(
    form,
    [
      { key: "x", field: { type: "text" } },
      { key: "y", field: { type: "text" } },
    ],
    { container: [0], row: 1, column: null },
  );
  expect(Object.keys(next.fields)).toEqual(["name", "x", "y", "price", "total"]);
  expect(layoutOf(next)).toEqual([{ rows: [["name"], ["x"], ["y"], ["price"], ["total"]] }]);
});

test("a renamed key is renamed in formulas, views, checks and the layout, but not in quotes", () => {
  const next = withFieldRenamed(form, "price", "amount");
  expect(next.fields.total?.formula).toBe("amount * 2 + LEN('price')");
  expect(next.checks).toEqual([{ that: "amount > 0", message: "!", at: "amount" }]);
  expect(next.views).toEqual({
    all: { type: "table", columns: ["name", "amount"], sort: ["-amount"] },
  });
  expect(layoutOf(next)).toEqual([{ rows: [["name"], ["amount"], ["total"]] }]);
  expect(renameInFormula("customer.price + price.x", "price", "p")).toBe("customer.price + p.x");
});

test("moving, duplicating and removing keep fields and layout together", () => {
  const moved = withFieldMoved(form, "total", { container: [0], row: 0, column: null });
  expect(Object.keys(moved.fields)).toEqual(["total", "name", "price"]);
  expect(withFieldDuplicated(form, "name")?.key).toBe("name_2");
  expect(layoutOf(withoutFields(form, ["price", "name"]))).toEqual([{ rows: [["total"]] }]);
});

test("the clipboard carries fields between forms under free keys", () => {
  const pasted = pastedFields(clipboardText(form, ["name"]));
  expect(pasted).toEqual({ fields: [{ key: "name", field: form.fields.name }] });
  expect(copies(form, [{ key: "name", field: { type: "text" } }])[0]?.key).toBe("name_2");
  expect(uniqueKey("name_2", ["name_2", "name_3"])).toBe("name_4");
});

test("a pasted column, or a pasted header row, is a list of names", () => {
  expect(pastedFields("名称\n金额\n\n 日期 \n金额")).toEqual({ names: ["名称", "金额", "日期"] });
  expect(pastedFields("名称\t金额\t日期")).toEqual({ names: ["名称", "金额", "日期"] });
  expect(pastedFields("   ")).toBeNull();
});

test("options keep their values when lines move, are renamed or are joined by others", () => {
  const before = [
    { value: "won", label: "赢单", color: "green" },
    { value: "lost", label: "输单", color: "red" },
  ];
  const key = (label: string, index: number) => plainKey(label, `option_${index + 1}`);
  expect(optionsFrom(["输单", "赢单"], before, "zh-Hans", key).map((o) => o.value)).toEqual([
    "lost",
    "won",
  ]);
  expect(optionsFrom(["赢了", "输单"], before, "zh-Hans", key)[0]).toEqual({
    value: "won",
    label: "赢了",
    color: "green",
  });
  expect(optionsFrom(["赢单", "New", "输单"], before, "zh-Hans", key).map((o) => o.value)).toEqual([
    "won",
    "new",
    "lost",
  ]);
  expect(optionsFrom(["甲", "甲", "", "乙"], [], "zh-Hans", key).map((o) => o.value)).toEqual([
    "option_1",
    "option_2",
  ]);
});
