import fc from "fast-check";
import { expect, test } from "vitest";

import type { Flow } from "./definitions";
import {
  freeNodeKey,
  inserted,
  leaving,
  moved,
  newFlow,
  reachable,
  removed,
  shapeOf,
  withBranch,
  withoutEdge,
} from "./flow";
import { CARD_WIDTH, pictureOf } from "./flow_layout";

const approval = (): Flow =>
  inserted(newFlow("f", "F", "quote"), 0, "manager", { type: "approve", label: "主管" });

test("an approval on an edge agrees onwards and refuses to the end", () => {
  expect(approval().edges).toEqual([
    { from: "start", to: "manager" },
    { from: "manager", to: "end", on: "agreed" },
    { from: "manager", to: "end", on: "refused" },
  ]);
});

test("a split gets a condition and a default, and one more branch before the default", () => {
  const flow = withBranch(inserted(approval(), 1, "size", { type: "exclusive" }), "size");
  expect(
    leaving(flow, "size").map(({ edge }) => [edge.when ?? null, edge.default ?? false]),
  ).toEqual([
    [null, false],
    [null, false],
    [null, true],
  ]);
  expect(leaving(flow, "manager").map(({ edge }) => edge.to)).toEqual(["size", "end"]);
});

test("removing a split takes the branches that hung on it alone; what follows stays", () => {
  let flow = inserted(approval(), 1, "size", { type: "exclusive" });
  const branch = flow.edges.findIndex((edge) => edge.from === "size" && !edge.default);
  flow = inserted(flow, branch, "finance", { type: "approve" });
  const bare = removed(flow, "size");
  expect(Object.keys(bare.nodes).sort()).toEqual(["end", "manager", "start"]);
  expect(bare.edges.find((edge) => edge.from === "manager" && edge.on === "agreed")?.to).toBe(
    "end",
  );
});

test("moving a node keeps its settings", () => {
  let flow = inserted(approval(), 1, "make", { type: "act", do: [{ action: "set" }] });
  flow = moved(flow, "make", 0);
  expect(flow.edges.slice(0, 2)).toEqual([
    { from: "start", to: "make" },
    { from: "make", to: "manager" },
  ]);
  expect(flow.nodes.make?.do).toEqual([{ action: "set" }]);
});

test("branches stand side by side, the join below them in the middle", () => {
  const flow: Flow = {
    ...newFlow("f", "F", "quote"),
    nodes: {
      start: { type: "start" },
      size: { type: "exclusive" },
      a: { type: "act" },
      b: { type: "act" },
      join: { type: "act" },
      end: { type: "end" },
    },
    edges: [
      { from: "start", to: "size" },
      { from: "size", to: "a", when: "x" },
      { from: "size", to: "b", default: true },
      { from: "a", to: "join" },
      { from: "b", to: "join" },
      { from: "join", to: "end" },
    ],
  };
  const picture = pictureOf(flow);
  const at = (key: string) => picture.cards.find((card) => card.key === key);
  expect(at("a")?.y).toBe(at("b")?.y);
  expect((at("b")?.x ?? 0) - (at("a")?.x ?? 0)).toBeGreaterThanOrEqual(CARD_WIDTH);
  expect(at("join")?.y).toBeGreaterThan(at("a")?.y ?? 0);
  expect(at("join")?.x).toBe(at("size")?.x);
  expect(picture.stubs).toHaveLength(1);
});

test("whatever is inserted, removed and moved: all is reached, nothing overlaps, every way is drawn once", () => {
  const step = fc.record({
    what: fc.constantFrom("insert", "remove", "move", "branch", "cut"),
    type: fc.constantFrom("approve", "act", "exclusive", "wait", "copy"),
    at: fc.nat(50),
    node: fc.nat(50),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      let flow = newFlow("f", "F", "quote");
      for (const { what, type, at, node } of steps) {
        const edge = at % flow.edges.length;
        const keys = Object.keys(flow.nodes);
        const key = keys[node % keys.length] ?? "start";
        if (what === "insert") flow = inserted(flow, edge, freeNodeKey(flow, type), { type });
        else if (what === "remove") flow = removed(flow, key);
        else if (what === "move") flow = moved(flow, key, edge);
        else if (what === "branch" && shapeOf(flow.nodes[key]?.type ?? "") === "split")
          flow = withBranch(flow, key);
        else if (what === "cut" && flow.edges[edge]?.from !== undefined)
          flow = withoutEdge(flow, edge);
      }
      const seen = reachable(flow);
      expect(
        Object.keys(flow.nodes).filter((key) => !seen.has(key) && flow.nodes[key]?.type !== "end"),
      ).toEqual([]);
      for (const edge of flow.edges)
        expect([flow.nodes[edge.from], flow.nodes[edge.to]]).not.toContain(undefined);
      const picture = pictureOf(flow);
      expect(picture.ways.map((way) => way.edge).sort((a, b) => a - b)).toEqual(
        flow.edges.map((_edge, index) => index),
      );
      for (const [index, a] of picture.cards.entries())
        for (const b of picture.cards.slice(index + 1))
          expect(
            a.x + CARD_WIDTH <= b.x ||
              b.x + CARD_WIDTH <= a.x ||
              a.y + a.height <= b.y ||
              b.y + b.height <= a.y,
          ).toBe(true);
    }),
  );
});
