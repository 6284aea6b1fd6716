/** One chart on the dashboard: moved by its name, resized at its corner, by pointer and by keys. */
import type { Json } from "@/shared/types";
import { IconButton } from "@/shared/ui/Button";

import { COLUMNS, fitted, GAP } from "../core/dashboard";
import type { At } from "../core/definitions";
import type { Report } from "../core/report";
import { ReportFigure } from "../report/ReportFigure";
import { t } from "../texts";

interface Props {
  index: number;
  name: string;
  report: Report | undefined;
  at: At;
  style: React.CSSProperties;
  state: { selected: boolean; over: boolean; moving: boolean };
  onSelect: () => void;
  onDrag: (event: React.PointerEvent, how: "move" | "resize") => void;
  onPlace: (at: At) => void;
  onRemove: () => void;
  onDrill: (value: Json | null) => void;
}

export function WidgetCard({
  index,
  name,
  report,
  at,
  style,
  state,
  onSelect,
  onDrag,
  onPlace,
  onRemove,
  onDrill,
}: Props) {
  const marks = [
    "widget",
    state.selected && "is-selected",
    state.over && "is-over",
    state.moving && "is-moving",
    report?.chart?.type === "number" && "is-number",
  ];
  return (
    <div
      role="group"
      className={marks.filter(Boolean).join(" ")}
      data-widget={index}
      style={style}
      aria-label={name}
      onClick={onSelect}
    >
      <div className="widget-head">
        <button
          type="button"
          className="plain widget-grip ellipsis"
          aria-label={t("report.moveWidget", { name })}
          aria-pressed={state.selected}
          onPointerDown={(event) => onDrag(event, "move")}
          onKeyDown={(event) => {
            const next = movedByKey(event, at);
            if (next) onPlace(next);
            else if (event.key === "Delete" || event.key === "Backspace") onRemove();
            else return;
            event.preventDefault();
          }}
          onFocus={onSelect}
        >
          {name}
        </button>
        {state.selected && (
          <IconButton
            icon="trash"
            size="small"
            label={t("report.removeWidget")}
            onClick={onRemove}
          />
        )}
      </div>
      <div className="widget-body">
        {report ? (
          <ReportFigure report={report} onDrill={onDrill} />
        ) : (
          <p className="muted">{t("report.missingReport")}</p>
        )}
      </div>
      <span
        className="widget-corner"
        title={t("report.resizeWidget", { name })}
        onPointerDown={(event) => onDrag(event, "resize")}
      />
    </div>
  );
}

/** Arrows move by one column or row; with Shift they make it larger or smaller. */
function movedByKey(event: React.KeyboardEvent, at: At): At | null {
  const steps: Record<string, [number, number]> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  const step = steps[event.key];
  if (!step || event.target !== event.currentTarget) return null;
  const [x, y, width, height] = at;
  return event.shiftKey
    ? fitted([x, y, Math.min(COLUMNS - x, width + step[0]), height + step[1]])
    : fitted([x + step[0], y + step[1], width, height]);
}

/** Where a widget stands on the canvas, in pixels. */
export function boxOf([x, y, width, height]: At, column: number, row: number): React.CSSProperties {
  return {
    left: x * column,
    top: y * row,
    width: width * column - GAP,
    height: height * row - GAP,
  };
}
