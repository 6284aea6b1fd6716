/** Where fields stand on a form: rows of side-by-side fields inside plain groups, sections and tabs. */
import type { LayoutItem, Row, Rows, Tabs } from "./definitions";

/** A container of rows: [item], or [item, tab] for a tab of a tab group. */
export type Container = readonly [number] | readonly [number, number];

/** A gap where a field can be put: a new row before `row`, or a place inside the row. */
export interface Place {
  container: Container;
  row: number;
  column: number | null;
}

export const MOST_COLUMNS = 4;
const MOVED = "\u0000moved";

export function isTabs(item: LayoutItem): item is Tabs {
  return "tabs" in item;
}

export function containers(layout: readonly LayoutItem[]): Container[] {
  return layout.flatMap((item, index): Container[] =>
    isTabs(item) ? item.tabs.map((_tab, tab) => [index, tab] as const) : [[index] as const],
  );
}

export function rowsAt(layout: readonly LayoutItem[], container: Container): readonly Row[] {
  const item = layout[container[0]];
  if (!item) return [];
  if (isTabs(item)) return item.tabs[container[1] ?? 0]?.rows ?? [];
  return item.rows;
}

function withRows(
  layout: readonly LayoutItem[],
  container: Container,
  change: (rows: readonly Row[]) => Row[],
): LayoutItem[] {
  return layout.map((item, index) => {
    if (index !== container[0]) return item;
    if (!isTabs(item)) return { ...item, rows: change(item.rows) };
    return {
      ...item,
      tabs: item.tabs.map((tab, at) =>
        at === (container[1] ?? 0) ? { ...tab, rows: change(tab.rows) } : tab,
      ),
    };
  });
}

function everyRow(
  layout: readonly LayoutItem[],
  change: (rows: readonly Row[]) => Row[],
): LayoutItem[] {
  return containers(layout).reduce<LayoutItem[]>(
    (current, container) => withRows(current, container, change),
    [...layout],
  );
}

export function fieldsIn(layout: readonly LayoutItem[]): string[] {
  return containers(layout).flatMap((container) => rowsAt(layout, container).flat());
}

/** The layout with every field of the form in it once: those that have no place come last. */
export function completed(
  layout: readonly LayoutItem[] | undefined,
  fields: readonly string[],
): LayoutItem[] {
  const known = new Set(fields);
  const seen = new Set<string>();
  const clean = everyRow(layout ?? [], (rows) =>
    rows
      .map((row) =>
        row.filter((key) => {
          if (!known.has(key) || seen.has(key)) return false;
          seen.add(key);
          return true;
        }),
      )
      .filter((row) => row.length > 0),
  );
  const missing = fields.filter((key) => !seen.has(key));
  if (clean.length === 0) return [{ rows: missing.map((key) => [key]) }];
  if (missing.length === 0) return clean;
  const target = containers(clean).at(-1) ?? [0];
  return withRows(clean, target, (rows) => [...rows, ...missing.map((key) => [key])]);
}

export function placeOf(layout: readonly LayoutItem[], key: string): Place | null {
  for (const container of containers(layout)) {
    const rows = rowsAt(layout, container);
    for (const [row, keys] of rows.entries()) {
      const column = keys.indexOf(key);
      if (column >= 0) return { container, row, column };
    }
  }
  return null;
}

export function lastPlace(layout: readonly LayoutItem[]): Place {
  const container = containers(layout).at(-1) ?? ([0] as const);
  return { container, row: rowsAt(layout, container).length, column: null };
}

/** The new row below the field, where Enter adds the next one. */
export function placeBelow(layout: readonly LayoutItem[], key: string | null): Place {
  const place = key === null ? null : placeOf(layout, key);
  return place
    ? { container: place.container, row: place.row + 1, column: null }
    : lastPlace(layout);
}

function inserted(layout: readonly LayoutItem[], key: string, place: Place): LayoutItem[] {
  return withRows(layout.length ? layout : [{ rows: [] }], place.container, (rows) => {
    const next = rows.map((row) => [...row]);
    const row = next[place.row];
    if (
      place.column !== null &&
      row &&
      row.filter((other) => other !== MOVED).length < MOST_COLUMNS
    )
      row.splice(place.column, 0, key);
    else next.splice(place.column !== null && row ? place.row + 1 : place.row, 0, [key]);
    return next;
  });
}

/** Puts a field at a place, moving it there when it already stands somewhere. */
export function placed(layout: readonly LayoutItem[], key: string, place: Place): LayoutItem[] {
  // The old place is marked first, so that the indices of the new place stay true while inserting.
  const marked = everyRow(layout, (rows) =>
    rows.map((row) => row.map((other) => (other === key ? MOVED : other))),
  );
  return without(inserted(marked, key, place), MOVED);
}

export function without(layout: readonly LayoutItem[], key: string): LayoutItem[] {
  return everyRow(layout, (rows) =>
    rows.map((row) => row.filter((other) => other !== key)).filter((row) => row.length > 0),
  );
}

export function renamed(layout: readonly LayoutItem[], from: string, to: string): LayoutItem[] {
  return everyRow(layout, (rows) => rows.map((row) => row.map((key) => (key === from ? to : key))));
}

/** One step with an arrow key: up and down between rows and containers, left and right inside rows. */
export function nudged(
  layout: readonly LayoutItem[],
  key: string,
  direction: "up" | "down" | "left" | "right",
): readonly LayoutItem[] {
  const place = placeOf(layout, key);
  if (!place || place.column === null) return layout;
  const rows = rowsAt(layout, place.container);
  const row = rows[place.row] ?? [];
  const all = containers(layout);
  const at = all.findIndex((other) => other.join() === place.container.join());
  if (direction === "left" || direction === "right") {
    const next = place.column + (direction === "left" ? -1 : 1);
    if (next >= 0 && next < row.length)
      return placed(layout, key, { ...place, column: direction === "left" ? next : next + 1 });
    // At the edge of its row a field joins the row before it, or leaves to a row of its own.
    if (direction === "left" && row.length === 1) {
      const above = rows[place.row - 1];
      if (above && above.length < MOST_COLUMNS)
        return placed(layout, key, { ...place, row: place.row - 1, column: above.length });
      return layout;
    }
    if (direction === "right" && row.length > 1)
      return placed(layout, key, { container: place.container, row: place.row + 1, column: null });
    return layout;
  }
  if (direction === "up") {
    if (row.length > 1 || place.row > 0)
      return placed(layout, key, {
        container: place.container,
        row: row.length > 1 ? place.row : place.row - 1,
        column: null,
      });
    const before = all[at - 1];
    return before
      ? placed(layout, key, { container: before, row: rowsAt(layout, before).length, column: null })
      : layout;
  }
  if (row.length > 1)
    return placed(layout, key, { container: place.container, row: place.row + 1, column: null });
  if (place.row < rows.length - 1)
    return placed(layout, key, { container: place.container, row: place.row + 2, column: null });
  const after = all[at + 1];
  return after ? placed(layout, key, { container: after, row: 0, column: null }) : layout;
}

export function withItem(
  layout: readonly LayoutItem[],
  item: LayoutItem,
  index: number,
): LayoutItem[] {
  const next = [...layout];
  next.splice(index, 0, item);
  return next;
}

/** The layout without a section or tab group; its fields stay, in the group before it. */
export function withoutItem(layout: readonly LayoutItem[], index: number): LayoutItem[] {
  const item = layout[index];
  if (!item) return [...layout];
  const rows = isTabs(item) ? item.tabs.flatMap((tab) => tab.rows) : item.rows;
  const rest = layout.filter((_other, at) => at !== index);
  if (rows.length === 0) return rest;
  const before = rest[index - 1];
  if (before && !isTabs(before))
    return rest.map((other, at) =>
      at === index - 1 ? { ...before, rows: [...before.rows, ...rows] } : other,
    );
  return withItem(rest, { rows }, index);
}

export function withoutTab(
  layout: readonly LayoutItem[],
  index: number,
  tab: number,
): LayoutItem[] {
  const item = layout[index];
  if (!item || !isTabs(item)) return [...layout];
  const rows = item.tabs[tab]?.rows ?? [];
  const tabs = item.tabs.filter((_other, at) => at !== tab);
  const first = tabs[0];
  if (!first) return withoutItem(layout, index);
  const keeper = Math.max(0, tab - 1);
  return layout.map((other, at) =>
    at === index
      ? {
          tabs: tabs.map((kept, position) =>
            position === keeper ? { ...kept, rows: [...kept.rows, ...rows] } : kept,
          ),
        }
      : other,
  );
}

export function movedItem(layout: readonly LayoutItem[], from: number, to: number): LayoutItem[] {
  const next = [...layout];
  const [item] = next.splice(from, 1);
  if (item) next.splice(Math.max(0, Math.min(next.length, to)), 0, item);
  return next;
}

export function withItemChanged(
  layout: readonly LayoutItem[],
  index: number,
  change: (item: LayoutItem) => LayoutItem,
): LayoutItem[] {
  return layout.map((item, at) => (at === index ? change(item) : item));
}

export function asRows(item: LayoutItem): Rows | null {
  return isTabs(item) ? null : item;
}
