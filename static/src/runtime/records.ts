/** Writing records: what goes over the line, and what the lists in the cache then show. */
import type { InfiniteData } from "@tanstack/react-query";

import { api, ApiError } from "@/shared/api";
import { queryClient } from "@/shared/queries";
import type { FieldInfo, Json, RecordData, RecordList, Value } from "@/shared/types";

import { keys } from "./queries";

/** Links, people and departments are written as ids. */
export function toWrite(value: Value): Json {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(toWrite);
  if (value !== null && typeof value === "object") {
    const id = (value as { id?: unknown }).id;
    return typeof id === "number" || typeof id === "string" ? id : (value as Json);
  }
  return value;
}

export function same(left: Value, right: Value): boolean {
  return JSON.stringify(toWrite(left) ?? null) === JSON.stringify(toWrite(right) ?? null);
}

export function body(values: Record<string, Value>): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, toWrite(value)]));
}

const path = (app: string, form: string, id?: number) =>
  `/api/apps/${app}/records/${form}${id === undefined ? "" : `/${id}`}`;

export function createRecord(
  app: string,
  form: string,
  values: Record<string, Value>,
  idempotencyKey: string,
) {
  return api.post<RecordData>(path(app, form), body(values), { idempotencyKey });
}

export function updateRecord(
  app: string,
  form: string,
  id: number,
  version: number,
  values: Record<string, Value>,
) {
  return api.patch<RecordData>(path(app, form, id), { ...body(values), version });
}

export function deleteRecord(app: string, form: string, id: number) {
  return api.delete(path(app, form, id));
}

export function restoreRecord(app: string, form: string, id: number) {
  return api.post<RecordData>(`${path(app, form, id)}/restore`);
}

interface Batch {
  create?: Record<string, Json>[];
  update?: Record<string, Json>[];
  delete?: (number | { id: number; version?: number })[];
}

export function batch(app: string, form: string, changes: Batch) {
  return api.post<{ created?: Json; updated?: RecordData[]; deleted?: Json }>(
    `${path(app, form)}/batch`,
    changes,
  );
}

/** Shows a record at once in every list that holds it. */
export function putRecord(app: string, form: string, record: RecordData): void {
  queryClient.setQueriesData<InfiniteData<RecordList>>(
    { queryKey: keys.records(app, form) },
    (data) => {
      if (!data?.pages) return data;
      return {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          records: page.records.map((one) => (one.id === record.id ? { ...one, ...record } : one)),
        })),
      };
    },
  );
  queryClient.setQueryData<RecordData>(keys.record(app, form, record.id), (old) =>
    old ? { ...old, ...record } : old,
  );
}

export interface Conflict {
  yours: Record<string, Value>;
  current: RecordData;
}

/** Both values when somebody else saved in between, else null. */
export function conflictOf(error: unknown, sent: Record<string, Value>): Conflict | null {
  if (!(error instanceof ApiError) || error.status !== 409) return null;
  const answer = error.body as { yours?: Record<string, Value>; current?: RecordData } | null;
  if (!answer?.current) return null;
  return { yours: answer.yours ?? sent, current: answer.current };
}

/** Which field a problem belongs to: `/amount` → `amount`. */
export function fieldOf(path: string): string {
  return path.replace(/^\//, "").split("/")[0] ?? "";
}

export function mayEdit(field: FieldInfo): boolean {
  return field.right === "edit" && !field.computed && !field.read_only && field.widget !== "serial";
}
