/** A computed value, shown as its result type is shown. */
import type { FieldInfo } from "@/shared/types";

import { widgetOf } from "./registry";
import { textOption } from "./values";
import type { ViewProps, Widget } from "./widget";

function target(field: FieldInfo): FieldInfo {
  return { ...field, widget: textOption(field, "returns") ?? "" };
}

function View({ field, value, app, compact, signed }: ViewProps) {
  const shown = target(field);
  const { View: Shown } = widgetOf(shown.widget, shown.value_type);
  return <Shown field={shown} value={value} app={app} compact={compact} signed={signed} />;
}

export const widget: Widget = {
  View,
  text: (value, field) => {
    const shown = target(field);
    return widgetOf(shown.widget, shown.value_type).text(value, shown);
  },
  width: 140,
};
