/** The blocks of a form on 12 columns: sections and tabs in the author's order, left-over fields at the end. */
import type { LayoutSection } from "./types";

export interface Cell {
  key: string;
  /** Columns of 12. */
  span: number;
}

export interface Block {
  label: string | null;
  rows: Cell[][];
  tabs: { label: string; rows: Cell[][] }[];
}

function cells(row: readonly string[], known: ReadonlySet<string>): Cell[] {
  const present = row.filter((key) => known.has(key));
  const span = Math.max(2, Math.floor(12 / Math.max(1, present.length)));
  return present.map((key) => ({ key, span }));
}

function filled(
  rows: readonly (readonly string[])[] | undefined,
  known: ReadonlySet<string>,
): Cell[][] {
  return (rows ?? []).map((row) => cells(row, known)).filter((row) => row.length > 0);
}

/** `keys` are the fields to place, in their order; `wide` says which want a whole row. */
export function blocks(
  layout: readonly LayoutSection[] | null | undefined,
  keys: readonly string[],
  wide: (key: string) => boolean = () => false,
): Block[] {
  const known = new Set(keys);
  const placed = new Set<string>();
  const result: Block[] = [];
  for (const part of layout ?? []) {
    const block: Block = {
      label: part.section ?? null,
      rows: filled(part.rows, known),
      tabs: (part.tabs ?? [])
        .map((tab) => ({ label: tab.label, rows: filled(tab.rows, known) }))
        .filter((tab) => tab.rows.length > 0),
    };
    for (const row of [...block.rows, ...block.tabs.flatMap((tab) => tab.rows)]) {
      for (const cell of row) placed.add(cell.key);
    }
    if (block.rows.length || block.tabs.length) result.push(block);
  }
  const left = keys.filter((key) => !placed.has(key));
  if (left.length) {
    const rows: Cell[][] = [];
    let open: Cell[] = [];
    for (const key of left) {
      if (wide(key)) {
        if (open.length) rows.push(open);
        open = [];
        rows.push([{ key, span: 12 }]);
      } else {
        open.push({ key, span: 6 });
        if (open.length === 2) {
          rows.push(open);
          open = [];
        }
      }
    }
    if (open.length) rows.push(open);
    result.push({ label: null, rows, tabs: [] });
  }
  return result;
}
