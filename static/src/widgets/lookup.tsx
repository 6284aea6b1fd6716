/** A field of a linked record, shown as that field is shown. */
import type { FieldInfo } from "@/shared/types";

import { widgetOf } from "./registry";
import type { ViewProps, Widget } from "./widget";

/** The field that is shown in the end: the server names its type and options. */
function target(field: FieldInfo): FieldInfo {
  const shows = field.options.shows;
  const shown = field.options.shown;
  return {
    ...field,
    widget: typeof shows === "string" && shows !== "lookup" ? shows : "",
    options: shown && typeof shown === "object" && !Array.isArray(shown) ? shown : {},
  };
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
