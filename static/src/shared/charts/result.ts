/** What the server answers for a report. */
import type { Json } from "../types";
import type { Figure } from "./figure";

export interface ResultColumn {
  key: string;
  label: string;
  type: "text" | "date" | "moment" | "number" | "money" | "percent" | string;
  /** Of amounts: CNY, USD … */
  currency?: string;
}

export interface ReportResult {
  label?: string;
  chart?: string | { type: string };
  columns: ResultColumn[];
  /** Values as records write them. */
  rows: Json[][];
  /** The dimensions as people read them, row by row. */
  labels?: string[][];
  /** What to drill into, row by row. */
  cells?: Json[];
  figure: Figure;
  more?: number;
  capped?: boolean;
  /** Records counted. */
  total?: number | null;
  as_of?: string | null;
  scope?: "mine" | "all" | null;
}

export function isNumber(column: ResultColumn): boolean {
  return ["number", "money", "percent"].includes(column.type);
}
