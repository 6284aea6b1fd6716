import { expect, test } from "vitest";

import type { Field } from "./definitions";
import { arranged, freePlace, compacted, settled } from "./dashboard";
import { emptyReport, withChart, withDropped, withoutDimension } from "./report";
import { readCondition, writeCondition } from "./condition";
import {
  formulaOfPieces,
  keysForLabels,
  piecesOf,
  templatePieces,
  templateText,
} from "./formula_text";
import { readRowRule, writtenRule } from "./row_rule";

const fields: Record<string, Field> = {
  stage: {
    type: "choice",
    options: [{ value: "prospecting" }, { value: "won" }, { value: "lost" }],
  },
  region: { type: "choice" },
  amount: { type: "money" },
  closed: { type: "date" },
  owner: { type: "person" },
};
const blank = emptyReport("r", "R", "deal");

test("a number becomes a tile with its sum", () => {
  expect(withDropped(blank, "amount", fields)).toMatchObject({
    measures: [{ of: "sum", field: "amount" }],
    chart: { type: "number" },
  });
});

test("a choice becomes bars by count; a number dropped on it becomes their sum", () => {
  const bars = withDropped(blank, "region", fields);
  expect(bars).toMatchObject({
    dimensions: [{ field: "region" }],
    measures: [{ of: "count" }],
    chart: { type: "bar" },
  });
  expect(withDropped(bars, "amount", fields)).toMatchObject({
    dimensions: [{ field: "region" }],
    measures: [{ of: "sum", field: "amount" }],
    chart: { type: "bar" },
  });
});

test("a date becomes a line by month", () => {
  const line = withDropped(withDropped(blank, "closed", fields), "amount", fields);
  expect(line).toMatchObject({
    dimensions: [{ field: "closed", by: "month" }],
    measures: [{ of: "sum", field: "amount" }],
    chart: { type: "line" },
  });
  expect(withoutDimension(line, 0, fields).chart).toEqual({ type: "number" });
});

test("a funnel takes its steps from the choice and can be left again", () => {
  const funnel = withChart(withDropped(blank, "stage", fields), "funnel", fields);
  expect(funnel.funnel).toEqual({
    field: "stage",
    steps: ["prospecting", "won"],
    count: "current",
  });
  expect(funnel.dimensions).toBeUndefined();
  const bars = withChart(funnel, "bar", fields);
  expect(bars.funnel).toBeUndefined();
  expect(bars.dimensions).toEqual([{ field: "stage" }]);
});

test("something new comes to rest beside and below what is there", () => {
  const widgets = [
    { report: "a", at: [0, 0, 3, 2] as [number, number, number, number] },
    { report: "b", at: [0, 2, 6, 4] as [number, number, number, number] },
  ];
  expect(settled([], [7, 5, 6, 4])).toEqual([0, 0, 6, 4]);
  expect(settled(widgets, [5, 0, 3, 2])).toEqual([3, 0, 3, 2]);
  expect(settled(widgets, [7, 2, 6, 4])).toEqual([6, 0, 6, 4]);
  expect(settled(widgets, [2, 8, 6, 4])).toEqual([0, 6, 6, 4]);
  expect(settled(widgets, [4, 0, 6, 1])).toEqual([4, 0, 6, 1]);
  expect(settled(widgets, [1, 3, 6, 4])).toEqual([1, 3, 6, 4]);
});

test("charts dropped one after the other at the foot fill two columns", () => {
  let widgets = [{ report: "a", at: [0, 0, 3, 2] as [number, number, number, number] }];
  const places = [];
  for (let count = 0; count < 4; count += 1) {
    const at = settled(widgets, [6, 20, 6, 4]);
    places.push(at);
    widgets = [...widgets, { report: `${count}`, at }];
  }
  expect(places).toEqual([
    [0, 2, 6, 4],
    [6, 0, 6, 4],
    [6, 4, 6, 4],
    [0, 6, 6, 4],
  ]);
});

test("a widget put on others pushes them down; gaps close", () => {
  const widgets = [
    { report: "a", at: [0, 0, 6, 4] as [number, number, number, number] },
    { report: "b", at: [6, 0, 6, 4] as [number, number, number, number] },
  ];
  expect(freePlace(widgets, [3, 2])).toEqual([0, 4, 3, 2]);
  const moved = arranged(widgets, 1, [0, 0, 12, 2]);
  expect(moved.map((widget) => widget.at)).toEqual([
    [0, 2, 6, 4],
    [0, 0, 12, 2],
  ]);
  expect(compacted([{ report: "a", at: [0, 7, 3, 2] }])[0]?.at).toEqual([0, 0, 3, 2]);
});

test.each([
  "stage = 'won'",
  "amount > 5000 and not ISEMPTY(owner)",
  "stage in ['a', 'b'] or owner = USER()",
  "customer.level != 'A'",
  "closed >= DATEADD(TODAY(), -30, 'day')",
  "CONTAINS(name, '上海 and 北京')",
])("the condition %s is rows and comes back as it was", (formula) => {
  const condition = readCondition(formula);
  expect(condition).not.toBeNull();
  expect(condition && writeCondition(condition)).toBe(formula);
});

test.each(["a = 1 and b = 2 or c = 3", "(a = 1)", "SUM(lines.x) > 3", "not (a = 1)"])(
  "%s says more than rows and stays a formula",
  (formula) => {
    expect(readCondition(formula)).toBeNull();
  },
);

test("labels typed in a formula become keys, texts in quotes stay", () => {
  const names = [
    { path: "quantity", label: "数量" },
    { path: "price", label: "单价" },
    { path: "price_total", label: "单价合计" },
    { path: "rate", label: "Rate" },
  ];
  expect(keysForLabels("数量 * 单价 + LEN('数量')", names)).toBe("quantity * price + LEN('数量')");
  expect(keysForLabels("单价合计×2 + Rate + Rates", names)).toBe("price_total×2 + rate + Rates");
  expect(piecesOf("quantity * price2 + 'price'", names)).toEqual([
    { kind: "name", path: "quantity", label: "数量" },
    { kind: "text", text: " * price2 + 'price'" },
  ]);
});

test("row rules are read as the presets that write them", () => {
  for (const preset of ["own", "own_and_below", "department"] as const)
    expect(readRowRule(writtenRule(preset, "owner", ""))).toMatchObject({ preset, field: "owner" });
  expect(readRowRule(true).preset).toBe("all");
  expect(readRowRule(undefined).preset).toBe("none");
  expect(readRowRule("region = 'east'").preset).toBe("custom");
});

test("a text with fields in it is pieces and comes back as it was", () => {
  const names = [{ path: "no", label: "编号" }];
  const text = "报价 {{no}} 已批准 {{gone}} {{ }}";
  expect(templatePieces(text, names)[1]).toEqual({ kind: "name", path: "no", label: "编号" });
  expect(templateText(templatePieces(text, names))).toBe(text);
});

test("a chip keeps its distance from letters, not from signs", () => {
  const name = { kind: "name" as const, path: "a", label: "A" };
  expect(formulaOfPieces([name, { kind: "text", text: "b+" }, name])).toBe("a b+a");
  expect(formulaOfPieces([{ kind: "text", text: "not" }, name, name])).toBe("not a a");
});
