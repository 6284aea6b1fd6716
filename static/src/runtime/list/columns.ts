/** Which columns a list shows, in which order and how wide; kept per view in this browser. */
import { useCallback, useMemo, useState } from "react";

import type { FieldInfo, FormInfo, View } from "@/shared/types";
import { t } from "@/shared/texts/list";
import { columnWidth } from "@/widgets/align";

export interface Column {
  field: FieldInfo;
  width: number;
}

interface Stored {
  columns?: string[];
  widths?: Record<string, number>;
}

const MAX_USUAL = 9;

function system(key: string, label: string, valueType: string): FieldInfo {
  return {
    key,
    label,
    type: valueType,
    widget: valueType,
    value_type: valueType,
    required: false,
    right: "see",
    options: {},
    computed: true,
    sortable: valueType === "moment",
    filterable: true,
  };
}

/** The fields of a form and the columns every record has. */
export function allFields(form: FormInfo): FieldInfo[] {
  return [
    ...form.fields,
    system("created_at", t("list.createdAt"), "moment"),
    system("created_by", t("list.createdBy"), "person"),
    system("updated_at", t("list.updatedAt"), "moment"),
    system("updated_by", t("list.updatedBy"), "person"),
  ];
}

export function usualColumns(form: FormInfo, view: View | null): string[] {
  const known = new Set(form.fields.map((field) => field.key));
  const wanted = (view?.columns ?? []).filter(
    (key) => known.has(key) || /^(created|updated)_/.test(key),
  );
  if (wanted.length) return wanted;
  return form.fields
    .filter((field) => field.widget !== "long_text" && field.type !== "lines")
    .slice(0, MAX_USUAL)
    .map((field) => field.key);
}

function load(key: string): Stored {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Stored;
  } catch {
    return {};
  }
}

export function useColumns(form: FormInfo, viewKey: string, view: View | null) {
  const store = `mortise.columns.${form.app}.${form.key}.${viewKey}`;
  const [state, setState] = useState<{ store: string; value: Stored }>(() => ({
    store,
    value: load(store),
  }));
  const stored = state.store === store ? state.value : load(store);
  const save = useCallback(
    (value: Stored) => {
      localStorage.setItem(store, JSON.stringify(value));
      setState({ store, value });
    },
    [store],
  );
  const fields = useMemo(() => new Map(allFields(form).map((field) => [field.key, field])), [form]);
  const keys = stored.columns ?? usualColumns(form, view);
  const columns: Column[] = keys.flatMap((key) => {
    const field = fields.get(key);
    return field ? [{ field, width: stored.widths?.[key] ?? columnWidth(field) }] : [];
  });
  return {
    fields,
    columns,
    changed: stored.columns !== undefined || stored.widths !== undefined,
    show: (columnKeys: string[]) => save({ ...stored, columns: columnKeys }),
    resize: (key: string, width: number) =>
      save({
        ...stored,
        widths: { ...stored.widths, [key]: Math.round(Math.max(64, Math.min(640, width))) },
      }),
    reset: () => save({}),
  };
}
