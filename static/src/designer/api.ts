/** The builder's part of the HTTP contract, and how its answers read for the saver. */
import { api, ApiError } from "@/shared/api";
import type { Json, Problem, Text } from "@/shared/types";

import type { Body, Kind } from "./core/definitions";
import { parseId } from "./core/definitions";
import type { Refusal, SaveAnswer, Store } from "./core/saver";

export interface Schema {
  type?: string | string[];
  enum?: (string | number)[];
  const?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: Json;
  "x-label"?: Text;
  "x-help"?: Text;
  "x-widget"?: string;
  "x-order"?: number;
  "x-group"?: string;
  "x-types"?: string[];
  "x-of"?: string;
  "x-labels"?: Record<string, Text>;
  /** Values of properties beside this one with which alone it says anything. */
  "x-when"?: Record<string, string[]>;
}

export interface KindInfo {
  key: string;
  label: Text;
  options_schema: Schema;
  icon?: string;
}
export interface FieldTypeInfo extends KindInfo {
  group: string;
  icon: string;
  widget: string;
  computed: boolean;
  /** Which of the common properties apply, where the type has not all of them. */
  common?: string[] | Schema;
}
export interface FunctionInfo {
  key: string;
  family: string;
  label: Text;
  arguments: Json;
  returns?: Json;
}
export interface Catalogue {
  field_types: FieldTypeInfo[];
  common_field_schema: Schema;
  nodes: KindInfo[];
  actions: KindInfo[];
  triggers: KindInfo[];
  assignees: KindInfo[];
  measures: KindInfo[];
  charts: KindInfo[];
  functions: FunctionInfo[];
  definition_kinds: { key: string; label: Text; schema: Schema }[];
  colors: string[];
  icons: string[];
  grains: (string | { key: string; label: Text })[];
}

export interface DefinitionInfo {
  kind: Kind;
  key: string;
  label: Text;
  etag: string;
  state: "unchanged" | "added" | "changed" | "removed";
  updated_at?: string | null;
  updated_by?: { id: number; name: string } | string | null;
}
export interface ApplicationInfo {
  key: string;
  label: Text;
  icon?: string | null;
  release: number | null;
  changes: number;
  definitions: DefinitionInfo[];
}

export interface Change {
  kind: Kind;
  key: string;
  label?: Text;
  change: "added" | "removed" | "changed";
  path?: string;
  before?: Json;
  after?: Json;
  person?: { id: number; name: string } | string | null;
  at?: string | null;
}
export interface Operation {
  operation: string;
  form: string;
  field?: string | null;
  loses_data: boolean;
  rows?: number | null;
  message: string;
}
export interface Check {
  problems: Problem[];
  changes: Change[];
  operations: Operation[];
  summary: string;
}
export interface Release {
  number: number;
  created_at: string;
  created_by?: { id: number; name: string } | string | null;
  note?: string | null;
  restored_from?: number | null;
}
export interface Usage {
  kind: string;
  key: string;
  label: Text;
  path: string;
}
export interface FormulaCheck {
  problems: Problem[];
  type?: string | null;
  tree?: Json;
  result?: Json;
}

export function nameOf(person: { name: string } | string | null | undefined): string {
  if (!person) return "";
  return typeof person === "string" ? person : person.name;
}

export function base(app: string): string {
  return `/api/builder/applications/${app}`;
}

export const builder = {
  catalogue: () => api.get<Catalogue>("/api/builder/catalogue"),
  application: (app: string) => api.get<ApplicationInfo>(base(app)),
  definition: async (app: string, kind: string, key: string) => {
    const answer = await api.send<Body>("GET", `${base(app)}/definitions/${kind}/${key}`);
    return { body: answer.data, etag: answer.etag };
  },
  key: async (label: string) =>
    (await api.get<{ key: string }>("/api/builder/keys", { query: { label } })).key,
  check: (app: string) => api.post<Check>(`${base(app)}/check`),
  publish: (app: string, release: number | null, accept_loss: boolean, note: string) =>
    api.post<{ release: number; problems?: Problem[] }>(
      `${base(app)}/publish`,
      { accept_loss, ...(note ? { note } : {}) },
      { ifMatch: String(release ?? 0) },
    ),
  releases: async (app: string) =>
    (await api.get<{ releases: Release[] }>(`${base(app)}/releases`)).releases,
  restore: (app: string, number: number) =>
    api.post<{ release: number }>(`${base(app)}/releases/${number}/restore`),
  compare: async (app: string, from: number, to: number | string) =>
    (await api.get<{ changes: Change[] }>(`${base(app)}/compare`, { query: { from, to } })).changes,
  usage: async (app: string, kind: string, key: string, field?: string) =>
    (await api.get<{ usage: Usage[] }>(`${base(app)}/usage`, { query: { kind, key, field } }))
      .usage,
  checkFormula: (
    app: string,
    body: {
      form: string;
      formula: string;
      purpose: string;
      returns?: string;
      definition?: Body;
      record?: number;
    },
  ) => api.post<FormulaCheck>(`${base(app)}/formulas/check`, body),
};

function refusals(error: ApiError): Refusal[] {
  return error.problems.map(({ path, code, message, severity, params }) => ({
    path,
    code,
    message,
    severity,
    params,
  }));
}

function answerOf(error: unknown): SaveAnswer {
  if (!(error instanceof ApiError)) return { state: "unreachable" };
  if (error.status === 409 || error.status === 428) {
    const body = error.body as {
      definition?: Body;
      etag?: string;
      updated_by?: { name: string } | string;
    } | null;
    if (error.problem("draft_changed") || error.status === 428)
      return {
        state: "changed",
        current: body?.definition ?? null,
        etag: body?.etag ?? error.etag,
        by: nameOf(body?.updated_by) || null,
      };
  }
  if (error.status >= 500 || error.status === 401 || error.status === 429)
    return { state: "unreachable" };
  return { state: "refused", problems: refusals(error) };
}

/** The server as the saver sees it. */
export function remote(app: string): Store {
  const path = (id: string): string => {
    const { kind, key } = parseId(id);
    return `${base(app)}/definitions/${kind}/${key}`;
  };
  return {
    put: async (id, body, etag) => {
      try {
        const answer = await api.send<{ etag: string; problems: Problem[] }>(
          "PUT",
          path(id),
          body,
          {
            ifMatch: etag,
          },
        );
        return {
          state: "saved",
          etag: answer.data.etag ?? answer.etag ?? "",
          problems: answer.data.problems ?? [],
        };
      } catch (error) {
        return answerOf(error);
      }
    },
    remove: async (id, etag) => {
      try {
        // The person has been shown who uses it, and can undo; the check lists what breaks.
        await api.delete(path(id), { ifMatch: etag, query: { force: true } });
        return { state: "removed" };
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return { state: "removed" };
        return answerOf(error);
      }
    },
  };
}
