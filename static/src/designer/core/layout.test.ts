import fc from "fast-check";
import { expect, test } from "vitest";

import type { LayoutItem } from "./definitions";
import {
  completed,
  containers,
  fieldsIn,
  lastPlace,
  nudged,
  placed,
  placeOf,
  rowsAt,
  without,
  withoutItem,
  withoutTab,
} from "./layout";

const rows = (...all: string[][]): LayoutItem[] => [{ rows: all }];

test("a field is put beside another, in the order of the gap", () => {
  expect(placed(rows(["a", "b"], ["c"]), "c", { container: [0], row: 0, column: 1 })).toEqual(
    rows(["a", "c", "b"]),
  );
});

test("moving a field down in its own container keeps the meaning of the gap", () => {
  expect(placed(rows(["a"], ["b"], ["c"]), "a", { container: [0], row: 2, column: null })).toEqual(
    rows(["b"], ["a"], ["c"]),
  );
});

test("a full row takes no fifth field: it gets a row of its own", () => {
  expect(placed(rows(["a", "b", "c", "d"]), "e", { container: [0], row: 0, column: 2 })).toEqual(
    rows(["a", "b", "c", "d"], ["e"]),
  );
});

test("fields without a place come last, unknown and repeated ones go", () => {
  expect(completed(rows(["a", "gone"], ["a"]), ["a", "b"])).toEqual(rows(["a"], ["b"]));
  expect(completed(undefined, ["a", "b"])).toEqual(rows(["a"], ["b"]));
});

test("removing a section or a tab keeps its fields", () => {
  const layout: LayoutItem[] = [
    { section: "A", rows: [["a"]] },
    {
      tabs: [
        { label: "1", rows: [["b"]] },
        { label: "2", rows: [["c"]] },
      ],
    },
  ];
  expect(withoutItem(layout, 1)).toEqual([{ section: "A", rows: [["a"], ["b"], ["c"]] }]);
  expect(withoutTab(layout, 1, 1)[1]).toEqual({ tabs: [{ label: "1", rows: [["b"], ["c"]] }] });
});

test("arrows walk: left joins the row above, right leaves it again, up crosses containers", () => {
  const layout = rows(["a"], ["b"]);
  const joined = nudged(layout, "b", "left");
  expect(joined).toEqual(rows(["a", "b"]));
  expect(nudged(joined, "b", "right")).toEqual(layout);
  const two: LayoutItem[] = [{ rows: [["a"]] }, { section: "S", rows: [["b"]] }];
  expect(nudged(two, "b", "up")).toEqual([{ rows: [["a"], ["b"]] }, { section: "S", rows: [] }]);
});

const KEYS = ["a", "b", "c", "d", "e", "f", "g"];

test("no order of moves loses or doubles a field", () => {
  const move = fc.record({
    key: fc.constantFrom(...KEYS),
    container: fc.nat(3),
    row: fc.nat(5),
    column: fc.option(fc.nat(4)),
    direction: fc.constantFrom("up" as const, "down" as const, "left" as const, "right" as const),
  });
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      let layout: readonly LayoutItem[] = completed(
        [
          { section: "S", rows: [["a", "b"]] },
          {
            tabs: [
              { label: "1", rows: [] },
              { label: "2", rows: [["c"]] },
            ],
          },
        ],
        KEYS,
      );
      for (const { key, container, row, column, direction } of moves) {
        const target = containers(layout)[container];
        layout = target
          ? placed(layout, key, {
              container: target,
              row: Math.min(row, rowsAt(layout, target).length),
              column,
            })
          : nudged(layout, key, direction);
        expect([...fieldsIn(layout)].sort()).toEqual(KEYS);
      }
    }),
  );
});

test("a field without a place has none, and the last place is an own row at the end", () => {
  expect(placeOf(rows(["a"]), "x")).toBeNull();
  expect(lastPlace(rows(["a"], ["b"]))).toEqual({ container: [0], row: 2, column: null });
  expect(without(rows(["a", "b"], ["c"]), "c")).toEqual(rows(["a", "b"]));
});
