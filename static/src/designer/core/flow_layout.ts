/**
 * Where the cards of a flow stand: from top to bottom, branches side by side, joins centred below.
 *
 * The dominator tree gives the nesting: a node that can only be reached through a split belongs to it,
 * and a node reached by several of its branches is the join below them. Ways to an end, and ways back,
 * are drawn as a short stub in their lane, so that no line crosses the picture.
 */
import type { Flow } from "./definitions";
import { leaving, reachable, shapeOf, startOf } from "./flow";

export const CARD_WIDTH = 280;
export const CARD_HEIGHT = 88;
export const PILL_HEIGHT = 36;
const LANE_WIDTH = 184;
const GAP_X = 32;
const GAP_Y = 72;
const BRANCH_Y = 104;

export interface Card {
  key: string;
  x: number;
  y: number;
  height: number;
}
/** A short end of a way: to an end node, or back to a node above. */
export interface Stub {
  edge: number;
  to: string;
  x: number;
  y: number;
  back: boolean;
}
export interface Way {
  edge: number;
  points: [number, number][];
  /** Where its ＋ stands, and its label when it has one. */
  plus: [number, number];
}
export interface Picture {
  cards: Card[];
  stubs: Stub[];
  ways: Way[];
  width: number;
  height: number;
  unreachable: string[];
}

interface Lane {
  edge: number;
  to: string;
  kind: "block" | "stub" | "through";
}
interface Block {
  key: string;
  lanes: Lane[];
  joins: string[];
  width: number;
}

export function pictureOf(flow: Flow): Picture {
  const start = startOf(flow);
  const cards: Card[] = [];
  const stubs: Stub[] = [];
  const ways: Way[] = [];
  const seen = reachable(flow);
  const unreachable = Object.keys(flow.nodes).filter(
    (key) => !seen.has(key) && shapeOf(flow.nodes[key]?.type ?? "") !== "end",
  );
  let height = 0;
  let width = CARD_WIDTH;
  if (start) {
    const graph = structure(flow, start);
    const blocks = new Map<string, Block>();
    const measured = measure(start, graph, blocks);
    width = measured.width;
    height = put(start, width / 2, 0, { flow, blocks, cards, stubs, ways, waiting: new Map() });
  }
  if (unreachable.length) {
    // Beside the picture, so that they are seen and can be removed or connected.
    let y = 0;
    for (const key of unreachable) {
      cards.push({ key, x: width + GAP_X, y, height: heightOf(flow, key) });
      y += heightOf(flow, key) + 16;
    }
    width += GAP_X + CARD_WIDTH;
    height = Math.max(height, y);
  }
  return { cards, stubs, ways, width, height, unreachable };
}

export function heightOf(flow: Flow, key: string): number {
  const shape = shapeOf(flow.nodes[key]?.type ?? "");
  return shape === "end" ? PILL_HEIGHT : CARD_HEIGHT;
}

interface Graph {
  flow: Flow;
  /** Nodes in an order in which each stands after what leads to it, ways back left out. */
  order: string[];
  back: Set<number>;
  children: Map<string, string[]>;
  /** How many drawn ways lead to a node. */
  arriving: Map<string, number>;
}

function structure(flow: Flow, start: string): Graph {
  const back = new Set<number>();
  const finished: string[] = [];
  const state = new Map<string, "open" | "done">();
  const walk = (key: string): void => {
    state.set(key, "open");
    for (const { edge, index } of leaving(flow, key)) {
      if (!flow.nodes[edge.to]) continue;
      const there = state.get(edge.to);
      if (there === "open") back.add(index);
      else if (!there) walk(edge.to);
    }
    state.set(key, "done");
    finished.push(key);
  };
  walk(start);
  const order = finished.reverse();
  const position = new Map(order.map((key, index) => [key, index]));
  const drawn = flow.edges.flatMap((edge, index) =>
    !back.has(index) && position.has(edge.from) && position.has(edge.to) && !isEnd(flow, edge.to)
      ? [edge]
      : [],
  );
  const arriving = new Map<string, number>();
  for (const edge of drawn) arriving.set(edge.to, (arriving.get(edge.to) ?? 0) + 1);
  // Cooper, Harvey and Kennedy's dominators; in topological order one pass is enough.
  const dominator = new Map<string, string>([[start, start]]);
  const meet = (a: string, b: string): string => {
    let [left, right] = [a, b];
    while (left !== right) {
      if ((position.get(left) ?? 0) > (position.get(right) ?? 0))
        left = dominator.get(left) ?? start;
      else right = dominator.get(right) ?? start;
    }
    return left;
  };
  const children = new Map<string, string[]>();
  for (const key of order) {
    if (key === start || isEnd(flow, key)) continue;
    const from = drawn.filter((edge) => edge.to === key).map((edge) => edge.from);
    const parent = from.reduce((a, b) => meet(a, b));
    dominator.set(key, parent);
    children.set(parent, [...(children.get(parent) ?? []), key]);
  }
  return { flow, order, back, children, arriving };
}

function isEnd(flow: Flow, key: string): boolean {
  return shapeOf(flow.nodes[key]?.type ?? "") === "end";
}

function measure(key: string, graph: Graph, blocks: Map<string, Block>): Block {
  const own = graph.children.get(key) ?? [];
  const lanes = leaving(graph.flow, key)
    .filter(({ edge }) => graph.flow.nodes[edge.to])
    .map(({ edge, index }): Lane => {
      if (isEnd(graph.flow, edge.to) || graph.back.has(index))
        return { edge: index, to: edge.to, kind: "stub" };
      const alone = own.includes(edge.to) && graph.arriving.get(edge.to) === 1;
      return { edge: index, to: edge.to, kind: alone ? "block" : "through" };
    });
  const direct = lanes.filter((lane) => lane.kind === "block").map((lane) => lane.to);
  const joins = own.filter((child) => !direct.includes(child));
  const widths = lanes.map((lane) =>
    lane.kind === "block"
      ? measure(lane.to, graph, blocks).width
      : lanes.length === 1
        ? CARD_WIDTH
        : LANE_WIDTH,
  );
  const below = joins.map((join) => measure(join, graph, blocks).width);
  const across =
    widths.reduce((sum, width) => sum + width, 0) + GAP_X * Math.max(0, widths.length - 1);
  const block = { key, lanes, joins, width: Math.max(CARD_WIDTH, across, ...below) };
  blocks.set(key, block);
  return block;
}

interface Drawing {
  flow: Flow;
  blocks: Map<string, Block>;
  cards: Card[];
  stubs: Stub[];
  ways: Way[];
  /** Ways on their way to a join that has not been put yet: the lane's x and where it has come to. */
  waiting: Map<string, { edge: number; x: number; y: number; from: [number, number] }[]>;
}

/** Puts a block with its top centre at (x, y) and answers where it ends. */
function put(key: string, x: number, y: number, drawing: Drawing): number {
  const block = drawing.blocks.get(key);
  if (!block) return y;
  const height = heightOf(drawing.flow, key);
  drawing.cards.push({ key, x: x - CARD_WIDTH / 2, y, height });
  const bottom = y + height;
  const branching = block.lanes.length > 1;
  const top = bottom + (branching ? BRANCH_Y : GAP_Y);
  const widths = block.lanes.map((lane) =>
    lane.kind === "block"
      ? (drawing.blocks.get(lane.to)?.width ?? CARD_WIDTH)
      : branching
        ? LANE_WIDTH
        : CARD_WIDTH,
  );
  const across =
    widths.reduce((sum, width) => sum + width, 0) + GAP_X * Math.max(0, widths.length - 1);
  let left = x - across / 2;
  let end = block.lanes.length ? top : bottom;
  block.lanes.forEach((lane, at) => {
    const width = widths[at] ?? CARD_WIDTH;
    const centre = left + width / 2;
    left += width + GAP_X;
    const from: [number, number] = [x, bottom];
    if (lane.kind === "through") {
      const arriving = drawing.waiting.get(lane.to) ?? [];
      drawing.waiting.set(lane.to, [
        ...arriving,
        { edge: lane.edge, x: centre, y: branching ? top - 28 : bottom, from },
      ]);
      end = Math.max(end, branching ? top - 28 : bottom);
      return;
    }
    drawing.ways.push(way(lane.edge, from, centre, top));
    if (lane.kind === "stub") {
      const target = drawing.flow.nodes[lane.to];
      drawing.stubs.push({
        edge: lane.edge,
        to: lane.to,
        x: centre,
        y: top,
        back: shapeOf(target?.type ?? "") !== "end",
      });
      end = Math.max(end, top + PILL_HEIGHT);
    } else end = Math.max(end, put(lane.to, centre, top, drawing));
  });
  for (const join of block.joins) {
    const at = end + GAP_Y;
    for (const arriving of drawing.waiting.get(join) ?? []) {
      const [fromX, fromY] = arriving.from;
      const turn =
        arriving.x === fromX
          ? []
          : ([
              [fromX, fromY + 24],
              [arriving.x, fromY + 24],
            ] as [number, number][]);
      const entry: [number, number][] =
        arriving.x === x
          ? []
          : [
              [arriving.x, at - 28],
              [x, at - 28],
            ];
      drawing.ways.push({
        edge: arriving.edge,
        points: [[fromX, fromY], ...turn, ...entry, [x, at]],
        plus:
          arriving.x === x && arriving.x === fromX
            ? [x, (fromY + at) / 2]
            : [arriving.x, arriving.y],
      });
    }
    drawing.waiting.delete(join);
    end = put(join, x, at, drawing);
  }
  return end;
}

function way(edge: number, from: [number, number], x: number, y: number): Way {
  const [fromX, fromY] = from;
  if (fromX === x)
    return { edge, points: [from, [x, y]], plus: [x, y - Math.min(36, (y - fromY) / 2)] };
  return { edge, points: [from, [fromX, fromY + 24], [x, fromY + 24], [x, y]], plus: [x, y - 28] };
}
