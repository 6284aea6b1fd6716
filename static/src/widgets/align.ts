/** Alignment and width of a field's column; computed fields follow what they show. */
import type { FieldInfo } from "@/shared/types";

import { widget, widgetOf } from "./registry";
import { textOption } from "./values";

function shown(field: FieldInfo) {
  const through =
    field.widget === "formula" ? "returns" : field.widget === "lookup" ? "shows" : null;
  const name = through ? textOption(field, through) : null;
  return name && name !== field.widget ? widgetOf(name, field.value_type) : widget(field);
}

export function alignment(field: FieldInfo): "left" | "right" | "center" {
  return shown(field).align ?? (field.value_type === "number" ? "right" : "left");
}

export function columnWidth(field: FieldInfo): number {
  return Math.max(shown(field).width, Math.min(280, 40 + textWidth(field.label)));
}

function textWidth(text: string): number {
  let width = 0;
  for (const letter of text) width += letter.charCodeAt(0) > 0x2e80 ? 14 : 8;
  return width;
}
