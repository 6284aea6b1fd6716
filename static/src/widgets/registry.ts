/** Widgets by name: the file's name is the widget's; a field type known only to the server falls back by value type. */
import type { FieldInfo, Value } from "@/shared/types";

import type { Widget } from "./widget";

const FILES = import.meta.glob<{ widget: Widget }>("./*.tsx", { eager: true });

const WIDGETS = new Map<string, Widget>(
  Object.entries(FILES).map(([path, file]) => [path.slice(2, -4), file.widget]),
);

const BY_VALUE_TYPE: Readonly<Record<string, string>> = {
  number: "number",
  text: "text",
  date: "date",
  moment: "moment",
  boolean: "check",
  person: "person",
  department: "department",
  link: "link",
  list: "choices",
};

export const WIDGET_NAMES: readonly string[] = [...WIDGETS.keys()];

/** The widget of that name, else the one for the value type, else plain text. */
export function widgetOf(name: string, valueType?: string): Widget {
  const found = WIDGETS.get(name) ?? WIDGETS.get(BY_VALUE_TYPE[valueType ?? ""] ?? "text");
  if (!found) throw new Error(`There is no widget for ${name}.`);
  return found;
}

export function widget(field: FieldInfo): Widget {
  return widgetOf(field.widget, field.value_type);
}

export function valueText(field: FieldInfo, value: Value): string {
  return widget(field).text(value, field);
}

export function isEmpty(value: Value): boolean {
  return value == null || value === "" || (Array.isArray(value) && value.length === 0);
}
