/** The card of a node: its icon, its name and its sentence; dragged onto a ＋ to be moved. */
import { Icon } from "@/shared/icons";

import type { Flow } from "../core/definitions";
import { isMovable, shapeOf } from "../core/flow";
import { CARD_WIDTH } from "../core/flow_layout";
import { t } from "../texts";
import { nodeIcon } from "./nodes";

interface Props {
  nodeKey: string;
  x: number;
  y: number;
  height: number;
  flow: Flow;
  label: string;
  sentence: string;
  selected: boolean;
  dragged: boolean;
  walked: boolean;
  unreachable: boolean;
  problem: boolean;
  onSelect: () => void;
  onDrag: (event: React.PointerEvent) => void;
  onBranch: () => void;
}

export function FlowCard({
  nodeKey,
  x,
  y,
  height,
  flow,
  label,
  sentence,
  selected,
  dragged,
  walked,
  unreachable,
  problem,
  onSelect,
  onDrag,
  onBranch,
}: Props) {
  const node = flow.nodes[nodeKey];
  if (!node) return null;
  const shape = shapeOf(node.type);
  const marks = [
    "flow-card",
    `is-${shape}`,
    selected && "is-selected",
    dragged && "is-dragged",
    walked && "is-walked",
    unreachable && "is-unreachable",
    problem && "has-error",
  ];
  return (
    <div
      className={marks.filter(Boolean).join(" ")}
      style={{ left: x, top: y, width: CARD_WIDTH, height }}
    >
      <button
        type="button"
        className="plain flow-card-hit"
        data-node={nodeKey}
        aria-pressed={selected}
        onClick={onSelect}
        onFocus={onSelect}
        onPointerDown={(event) => isMovable(node) && event.pointerType !== "touch" && onDrag(event)}
      >
        <span className="flow-card-head">
          <Icon name={nodeIcon(node.type)} />
          <span className="ellipsis">{label}</span>
          {problem && <Icon name="error" label={t("d.problems")} className="is-error" />}
        </span>
        <span className="flow-card-sentence">{unreachable ? t("flow.unreachable") : sentence}</span>
      </button>
      {shape === "split" && (
        <button type="button" className="plain flow-branch" onClick={onBranch}>
          <Icon name="add" size={12} />
          {t("flow.addBranch")}
        </button>
      )}
    </div>
  );
}
