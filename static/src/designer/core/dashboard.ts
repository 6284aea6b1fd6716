/** Widgets on a dashboard of twelve columns: placing, moving, resizing without overlaps. */
import type { At, Body, Widget } from "./definitions";
import type { Json } from "./json";

export type Dashboard = Body & { widgets: Widget[] & Json; filters?: Json[]; refresh?: number };

export const COLUMNS = 12;
export const ROW_HEIGHT = 72;
export const GAP = 16;

export function widgetsOf(dashboard: Dashboard): Widget[] {
  return dashboard.widgets ?? [];
}

export function withWidgets(dashboard: Dashboard, widgets: readonly Widget[]): Dashboard {
  return { ...dashboard, widgets: widgets as Widget[] & Json };
}

function overlaps(a: At, b: At): boolean {
  return a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
}

export function fitted(at: At): At {
  const width = Math.max(2, Math.min(COLUMNS, Math.round(at[2])));
  const height = Math.max(1, Math.min(40, Math.round(at[3])));
  return [
    Math.max(0, Math.min(COLUMNS - width, Math.round(at[0]))),
    Math.max(0, Math.round(at[1])),
    width,
    height,
  ];
}

/** The usual size of a chart type, in columns and rows. */
export function sizeOf(chart: string): [number, number] {
  if (chart === "number") return [3, 2];
  if (chart === "table") return [6, 5];
  return [6, 4];
}

/** The first free place for a size, row by row. */
export function freePlace(widgets: readonly Widget[], [width, height]: [number, number]): At {
  for (let y = 0; ; y += 1)
    for (let x = 0; x + width <= COLUMNS; x += 1) {
      const at: At = [x, y, width, height];
      if (!widgets.some((widget) => overlaps(widget.at, at))) return at;
    }
}

/**
 * Where something new comes to rest: at the left edge, or beside a widget of its own height, no
 * further right than it was dropped; of these places the highest, so that a second chart fills the
 * place beside the first before a third begins a new line.
 */
export function settled(widgets: readonly Widget[], at: At): At {
  const place = fitted(at);
  const isFree = (other: At) => !widgets.some((widget) => overlaps(widget.at, other));
  if (!isFree(place)) return place;
  const [right, top, width, height] = place;
  const lifted = (x: number): At => {
    let y = top;
    while (y > 0 && isFree([x, y - 1, width, height])) y -= 1;
    return [x, y, width, height];
  };
  const beside = widgets
    .filter((widget) => widget.at[3] === height)
    .map((widget) => widget.at[0] + widget.at[2]);
  const places = [0, ...beside]
    .filter((x) => x <= right && isFree([x, top, width, height]))
    .map(lifted)
    .sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return places[0] ?? lifted(right);
}

/** The widgets with one put at a place; those in its way move down, and gaps above close. */
export function arranged(widgets: readonly Widget[], index: number, at: At): Widget[] {
  const wanted = fitted(at);
  const order = widgets
    .map((widget, position) => ({ widget, position }))
    .filter(({ position }) => position !== index)
    .sort((a, b) => a.widget.at[1] - b.widget.at[1] || a.widget.at[0] - b.widget.at[0]);
  const done: { position: number; at: At }[] = [{ position: index, at: wanted }];
  for (const { widget, position } of order) {
    let place = widget.at;
    while (done.some((other) => overlaps(other.at, place)))
      place = [place[0], place[1] + 1, place[2], place[3]];
    done.push({ position, at: place });
  }
  return compacted(
    widgets.map((widget, position) => ({
      ...widget,
      at: done.find((other) => other.position === position)?.at ?? widget.at,
    })),
  );
}

export function compacted(widgets: readonly Widget[]): Widget[] {
  const order = widgets
    .map((widget, position) => ({ widget, position }))
    .sort((a, b) => a.widget.at[1] - b.widget.at[1] || a.widget.at[0] - b.widget.at[0]);
  const done: { position: number; at: At }[] = [];
  for (const { widget, position } of order) {
    let place = widget.at;
    for (;;) {
      const above: At = [place[0], place[1] - 1, place[2], place[3]];
      if (above[1] < 0 || done.some((other) => overlaps(other.at, above))) break;
      place = above;
    }
    done.push({ position, at: place });
  }
  return widgets.map((widget, position) => ({
    ...widget,
    at: done.find((other) => other.position === position)?.at ?? widget.at,
  }));
}

export function withoutWidget(dashboard: Dashboard, index: number): Dashboard {
  return withWidgets(
    dashboard,
    compacted(widgetsOf(dashboard).filter((_widget, at) => at !== index)),
  );
}

export function rowsUsed(widgets: readonly Widget[]): number {
  return widgets.reduce((most, widget) => Math.max(most, widget.at[1] + widget.at[3]), 0);
}
