/** Reading one JSON value of a record; anything unexpected is shown as text rather than lost. */
import type { ChoiceOption, FieldInfo, Json, LinkRef, PersonRef, Value } from "@/shared/types";

export function plain(value: Value): string {
  if (value == null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(plain).filter(Boolean).join("、");
  const named = value as { label?: unknown; name?: unknown };
  if (typeof named.label === "string") return named.label;
  if (typeof named.name === "string") return named.name;
  return JSON.stringify(value);
}

export function asPerson(value: Value): PersonRef | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) && "name" in value
    ? (value as PersonRef)
    : null;
}

export function asLink(value: Value): LinkRef | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) && "label" in value
    ? (value as LinkRef)
    : null;
}

/** The options of a choice, also of one that a lookup shows. */
export function optionsOf(field: FieldInfo): ChoiceOption[] {
  const shown = field.options.shown as { options?: Json } | undefined;
  const options: Json = field.options.options ?? shown?.options ?? [];
  return Array.isArray(options) ? (options as unknown as ChoiceOption[]) : [];
}

export function optionOf(field: FieldInfo, value: string): ChoiceOption | undefined {
  return optionsOf(field).find((option) => option.value === value);
}

export function textOption(field: FieldInfo, name: string): string | undefined {
  const value = field.options[name];
  return typeof value === "string" ? value : undefined;
}

export function numberOption(field: FieldInfo, name: string): number | undefined {
  const value = field.options[name];
  return typeof value === "number" ? value : undefined;
}
