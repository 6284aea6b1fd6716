/** Nodes and ways of a flow on the canvas: their icons and words, and where an arrow key leads. */
import type { KindInfo } from "../api";
import type { Flow, Node } from "../core/definitions";
import type { Picture } from "../core/flow_layout";
import { initialObject } from "../parts/schema/SchemaForm";
import { t } from "../texts";

export function initialNode(kind: KindInfo): Node {
  const node: Node = { type: kind.key, ...initialObject(kind.options_schema) };
  // The usual first answer of each, so that a new node can be saved and read at once.
  if (kind.key === "approve") node.who = [{ type: "manager", of: "starter", level: 1 }];
  if (kind.key === "act")
    node.do = [{ action: "notify", to: [{ type: "starter" }], text: t("flow.notifyNew") }];
  if (kind.key === "wait") node.for = "1d";
  return node;
}

export function nodeIcon(type: string): string {
  const icons: Record<string, string> = {
    start: "play",
    approve: "check_box",
    act: "rule",
    wait: "clock",
    exclusive: "flow",
    parallel: "columns",
    copy: "mail",
    handle: "edit",
    end: "stop",
  };
  return icons[type] ?? "rule";
}

export function isWalked(path: readonly string[], flow: Flow, index: number): boolean {
  const edge = flow.edges[index];
  if (!edge) return false;
  return path.some((key, at) => key === edge.from && path[at + 1] === edge.to);
}

export function edgeWords(
  edge: Flow["edges"][number],
  flow: Flow,
  condition: (formula: string) => string,
): string {
  if (edge.on === "agreed") return t("flow.agreed");
  if (edge.on === "refused") return t("flow.refused");
  if (edge.on) return edge.on;
  if (edge.default) return t("flow.otherwise");
  if (edge.when) return condition(edge.when);
  const type = flow.nodes[edge.from]?.type;
  return type === "exclusive" || type === "inclusive" ? t("flow.noCondition") : "";
}

/** The card an arrow key leads to: the nearest in that direction. */
export function neighbour(picture: Picture, key: string, arrow: string): string | null {
  const from = picture.cards.find((card) => card.key === key);
  if (!from) return null;
  const found = picture.cards
    .filter((card) => card.key !== key)
    .map((card) => ({ card, dx: card.x - from.x, dy: card.y - from.y }))
    .filter(({ dx, dy }) => {
      if (arrow === "ArrowDown") return dy > 0;
      if (arrow === "ArrowUp") return dy < 0;
      return arrow === "ArrowRight" ? dx > 0 : dx < 0;
    })
    .sort((a, b) => {
      const vertical = arrow === "ArrowDown" || arrow === "ArrowUp";
      const cost = ({ dx, dy }: { dx: number; dy: number }) =>
        vertical ? Math.abs(dy) + Math.abs(dx) * 2 : Math.abs(dx) + Math.abs(dy) * 2;
      return cost(a) - cost(b);
    });
  return found[0]?.card.key ?? null;
}
