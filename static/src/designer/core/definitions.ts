/** The shapes of definitions as the designer reads them; the server's closed schemas are the authority. */
import type { Json, JsonObject } from "./json";

export type Text = string | { [language: string]: string };
export type Kind = "application" | "form" | "flow" | "rule" | "report" | "dashboard" | "role";
export const KINDS: readonly Kind[] = [
  "application",
  "form",
  "flow",
  "rule",
  "report",
  "dashboard",
  "role",
];

/** Members other than these are read with care: a definition may be half-written. */
export interface Body {
  kind: string;
  key: string;
  format: number;
  // The schemas belong to the server, so what else a definition holds is only known to be data.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  [member: string]: any;
}

export interface Field extends JsonObject {
  type: string;
}

export type Row = string[];
export interface Rows {
  section?: Text;
  label?: Text;
  rows: Row[];
}
export interface Tabs {
  tabs: Rows[];
}
export type LayoutItem = Rows | Tabs;

export type Form = Body & { fields: Record<string, Field>; layout?: LayoutItem[] & Json };

export interface Node extends JsonObject {
  type: string;
}
export type Edge = { from: string; to: string; on?: string; when?: string; default?: boolean };
export type Flow = Body & { form: string; nodes: Record<string, Node>; edges: Edge[] };

export interface Dimension {
  field: string;
  by?: string;
}
export interface Measure {
  of: string;
  field?: string;
}
export interface Chart {
  type: string;
  [option: string]: Json;
}
export interface Funnel {
  field?: string;
  steps?: Json[];
  count?: string;
}

export type At = [number, number, number, number];
export interface Widget {
  report: string;
  at: At;
}

/** Documents of an application by id, "form/opportunity"; one that is missing has been removed. */
export type Documents = Readonly<Record<string, Body>>;

export function idOf(kind: string, key: string): string {
  return `${kind}/${key}`;
}

export function parseId(id: string): { kind: Kind; key: string } {
  const at = id.indexOf("/");
  return { kind: id.slice(0, at) as Kind, key: id.slice(at + 1) };
}

export function textOf(value: unknown, language: string, fallback = ""): string {
  if (typeof value === "string") return value || fallback;
  if (typeof value === "object" && value !== null) {
    const texts = value as Record<string, unknown>;
    const found = texts[language] ?? texts["zh-Hans"] ?? texts["en"] ?? Object.values(texts)[0];
    if (typeof found === "string" && found) return found;
  }
  return fallback;
}

/** A text with its words in one language replaced; a plain string stays a plain string. */
export function withText(value: unknown, language: string, words: string): Text {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return { ...(value as Record<string, string>), [language]: words };
  return words;
}
