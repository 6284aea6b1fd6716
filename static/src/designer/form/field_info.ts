/** A field of the draft as the runtime's widgets read it: one language, the type's widget. */
import { plain } from "../core/json";
import { localized } from "@/shared/i18n";
import type { FieldInfo, Json } from "@/shared/types";

import type { Documents, Field, Form } from "../core/definitions";
import { valueType, words, type Session } from "../session";

const COMMON = new Set([
  "type",
  "label",
  "hint",
  "help",
  "required",
  "unique",
  "read_only",
  "default",
]);

export function fieldInfo(
  session: Session,
  documents: Documents,
  form: Form,
  key: string,
  field: Field,
): FieldInfo {
  const type = session.fieldType(field.type);
  const options: Record<string, Json> = {};
  for (const [name, value] of Object.entries(field)) if (!COMMON.has(name)) options[name] = value;
  if (Array.isArray(field.options))
    options.options = (field.options as Record<string, Json>[]).map((option) => ({
      ...option,
      label: words(option.label, plain(option.value)),
    }));
  return {
    key,
    type: field.type,
    label: words(field.label, key),
    hint: words(field.hint) || null,
    help: words(field.help) || null,
    widget: type?.widget ?? "text",
    required: field.required === true,
    read_only: field.read_only === true,
    right: "edit",
    options,
    value_type: valueType(field, form, documents),
    computed: type?.computed ?? false,
  };
}

export function typeLabel(session: Session, type: string): string {
  return localized(session.fieldType(type)?.label) || type;
}
