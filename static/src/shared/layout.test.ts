import { expect, it } from "vitest";

import { blocks } from "./layout";

it("rows share twelve columns, tabs keep their rows, left-over fields follow", () => {
  const result = blocks(
    [
      {
        section: "基本信息",
        rows: [
          ["name", "customer"],
          ["stage", "amount", "probability"],
        ],
      },
      { tabs: [{ label: "明细", rows: [["lines"], ["total"]] }] },
    ],
    ["name", "customer", "stage", "amount", "probability", "lines", "total", "note", "owner"],
    (key) => key === "note",
  );
  expect(result.map((block) => block.label)).toEqual(["基本信息", null, null]);
  expect(result[0]?.rows.map((row) => row.map((cell) => cell.span))).toEqual([
    [6, 6],
    [4, 4, 4],
  ]);
  expect(result[1]?.tabs[0]?.rows).toEqual([
    [{ key: "lines", span: 12 }],
    [{ key: "total", span: 12 }],
  ]);
  expect(result[2]?.rows).toEqual([[{ key: "note", span: 12 }], [{ key: "owner", span: 6 }]]);
});

it("fields that are hidden leave their row to the others", () => {
  const [block] = blocks([{ rows: [["name", "secret"], ["gone"]] }], ["name"]);
  expect(block?.rows).toEqual([[{ key: "name", span: 12 }]]);
});

it("without a layout fields stand two by two", () => {
  const [block] = blocks(null, ["a", "b", "c"]);
  expect(block?.rows.map((row) => row.map((cell) => cell.key))).toEqual([["a", "b"], ["c"]]);
});
