/** What can be done to a flow: inserting, removing and moving nodes keeps every path connected. */
import type { Edge, Flow, Node } from "./definitions";
import { withEntryAt } from "./json";

export type Shape = "start" | "end" | "split" | "decision" | "step";

/** How a node type leaves: one way, with outcomes, by conditions, or not at all. */
export function shapeOf(type: string): Shape {
  if (type === "start") return "start";
  if (type === "end" || type === "terminate") return "end";
  if (type === "exclusive" || type === "parallel" || type === "inclusive") return "split";
  if (type === "approve") return "decision";
  return "step";
}

export function withEdges(flow: Flow, edges: readonly Edge[]): Flow {
  return { ...flow, edges: [...edges] };
}

export function startOf(flow: Flow): string | null {
  return Object.entries(flow.nodes).find(([, node]) => node.type === "start")?.[0] ?? null;
}

export function endOf(flow: Flow): string | null {
  return Object.entries(flow.nodes).find(([, node]) => shapeOf(node.type) === "end")?.[0] ?? null;
}

export function leaving(flow: Flow, key: string): { edge: Edge; index: number }[] {
  return flow.edges.flatMap((edge, index) => (edge.from === key ? [{ edge, index }] : []));
}

export function reachable(flow: Flow): Set<string> {
  const start = startOf(flow);
  const seen = new Set<string>();
  const waiting = start ? [start] : [];
  while (waiting.length) {
    const key = waiting.pop() as string;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const { edge } of leaving(flow, key)) waiting.push(edge.to);
  }
  return seen;
}

export function freeNodeKey(flow: Flow, type: string): string {
  for (let number = 1; ; number += 1)
    if (!flow.nodes[`${type}_${number}`]) return `${type}_${number}`;
}

function ensuredEnd(flow: Flow): { flow: Flow; end: string } {
  const end = endOf(flow);
  if (end) return { flow, end };
  const key = flow.nodes["end"] ? freeNodeKey(flow, "end") : "end";
  return { flow: { ...flow, nodes: { ...flow.nodes, [key]: { type: "end" } } }, end: key };
}

/** The edges with which a new node goes on to `to`. */
function exits(key: string, type: string, to: string, end: string): Edge[] {
  switch (shapeOf(type)) {
    case "decision":
      return [
        { from: key, to, on: "agreed" },
        { from: key, to: end, on: "refused" },
      ];
    case "split":
      return type === "parallel"
        ? [
            { from: key, to },
            { from: key, to },
          ]
        : [
            { from: key, to },
            { from: key, to, default: true },
          ];
    case "end":
      return [];
    default:
      return [{ from: key, to }];
  }
}

/** Puts a node on an edge: what came to the edge's target now comes through the node. */
export function inserted(flow: Flow, edgeIndex: number, key: string, node: Node): Flow {
  const edge = flow.edges[edgeIndex];
  if (!edge) return flow;
  const { flow: base, end } = ensuredEnd(flow);
  const names = Object.keys(base.nodes);
  const nodes = withEntryAt(base.nodes, key, node, names.indexOf(edge.from) + 1);
  const edges: Edge[] = [...base.edges];
  edges.splice(edgeIndex, 1, { ...edge, to: key }, ...exits(key, node.type, edge.to, end));
  return withEdges({ ...base, nodes }, edges);
}

/** Where a removed or moved node's predecessors go on to. */
function successor(flow: Flow, key: string): string | null {
  const out = leaving(flow, key).map(({ edge }) => edge);
  const next =
    out.find((edge) => edge.on === "agreed") ?? out.find((edge) => edge.default) ?? out[0];
  return next && next.to !== key ? next.to : null;
}

/** Removes a node; what led to it goes on to what it led to, branches that hung on it alone go too. */
export function removed(flow: Flow, key: string): Flow {
  const node = flow.nodes[key];
  if (!node || node.type === "start") return flow;
  if (shapeOf(node.type) === "end" && flow.edges.some((edge) => edge.to === key)) return flow;
  const next = successor(flow, key);
  const before = reachable(flow);
  const { [key]: _gone, ...nodes } = flow.nodes;
  const edges = flow.edges.flatMap((edge) => {
    if (edge.from === key) return [];
    if (edge.to !== key) return [edge];
    return next ? [{ ...edge, to: next }] : [];
  });
  const bare = withEdges({ ...flow, nodes }, edges);
  const after = reachable(bare);
  const orphans = Object.keys(nodes).filter(
    (other) =>
      before.has(other) && !after.has(other) && shapeOf(nodes[other]?.type ?? "") !== "end",
  );
  return withEdges(
    {
      ...bare,
      nodes: Object.fromEntries(
        Object.entries(nodes).filter(([other]) => !orphans.includes(other)),
      ),
    },
    edges.filter((edge) => !orphans.includes(edge.from) && !orphans.includes(edge.to)),
  );
}

/** Moves a node that goes on one way (or decides) to another edge, with its own settings. */
export function moved(flow: Flow, key: string, edgeIndex: number): Flow {
  const node = flow.nodes[key];
  const target = flow.edges[edgeIndex];
  if (!node || !target || target.from === key || target.to === key || !isMovable(node)) return flow;
  const taken = removed(flow, key);
  const at = taken.edges.findIndex(
    (edge) =>
      edge.from === target.from &&
      edge.to === target.to &&
      edge.on === target.on &&
      edge.when === target.when,
  );
  return at < 0 ? flow : inserted(taken, at, key, node);
}

export function isMovable(node: Node): boolean {
  const shape = shapeOf(node.type);
  return shape === "step" || shape === "decision";
}

/** One more way out of a split, before the default. */
export function withBranch(flow: Flow, key: string): Flow {
  const out = leaving(flow, key);
  const to = successor(flow, key) ?? endOf(flow);
  if (!flow.nodes[key] || !to) return flow;
  const edges = [...flow.edges];
  const fallback = out.find(({ edge }) => edge.default);
  const added: Edge = { from: key, to };
  edges.splice(fallback ? fallback.index : (out.at(-1)?.index ?? edges.length - 1) + 1, 0, added);
  return withEdges(flow, edges);
}

export function withoutEdge(flow: Flow, index: number): Flow {
  const edge = flow.edges[index];
  if (!edge || leaving(flow, edge.from).length < 2) return flow;
  const before = reachable(flow);
  const edges = flow.edges.filter((_other, at) => at !== index);
  const after = reachable(withEdges(flow, edges));
  const orphans = Object.keys(flow.nodes).filter(
    (key) => before.has(key) && !after.has(key) && shapeOf(flow.nodes[key]?.type ?? "") !== "end",
  );
  return withEdges(
    {
      ...flow,
      nodes: Object.fromEntries(
        Object.entries(flow.nodes).filter(([key]) => !orphans.includes(key)),
      ),
    },
    edges.filter((other) => !orphans.includes(other.from) && !orphans.includes(other.to)),
  );
}

export function withEdge(flow: Flow, index: number, change: Partial<Edge>): Flow {
  return withEdges(
    flow,
    flow.edges.map((edge, at) => (at === index ? clean({ ...edge, ...change }) : edge)),
  );
}

function clean(edge: Edge): Edge {
  return Object.fromEntries(
    Object.entries(edge).filter(([, value]) => value !== undefined),
  ) as unknown as Edge;
}

/** Changes the order in which the conditions of a split are asked. */
export function withEdgeMoved(flow: Flow, index: number, step: -1 | 1): Flow {
  const edge = flow.edges[index];
  if (!edge) return flow;
  const siblings = leaving(flow, edge.from).filter((item) => !item.edge.default);
  const at = siblings.findIndex((item) => item.index === index);
  const other = siblings[at + step];
  if (at < 0 || !other) return flow;
  const edges = [...flow.edges];
  edges[index] = other.edge;
  edges[other.index] = edge;
  return withEdges(flow, edges);
}

export function newFlow(key: string, label: string, form: string): Flow {
  return {
    kind: "flow",
    key,
    format: 1,
    label,
    form,
    start: { event: "created" },
    nodes: { start: { type: "start" }, end: { type: "end" } },
    edges: [{ from: "start", to: "end" }],
  };
}
