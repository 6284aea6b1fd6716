/** What property editors know about their surroundings: the form in scope, the flow, the document. */
import { plain } from "../../core/json";
import { createContext, useContext } from "react";

import type { Schema } from "../../api";
import { idOf, type Documents, type Field, type Flow, type Form } from "../../core/definitions";
import type { Json } from "../../core/json";
import type { Name } from "../../core/formula_text";
import { useDocuments, useSession, valueType, words } from "../../session";
import { t } from "../../texts";

export interface Surroundings {
  /** The form whose fields formulas and pickers mean. */
  form: string | null;
  flow?: Flow;
  /** The document being edited, for ending a gesture. */
  document: string;
  /** Old values may be named (rules on a change). */
  old?: boolean;
}

export const SurroundingsContext = createContext<Surroundings>({ form: null, document: "" });

export function useSurroundings(): Surroundings {
  return useContext(SurroundingsContext);
}

export interface EditorProps {
  id: string;
  label: string;
  schema: Schema;
  value: Json | undefined;
  onChange: (value: Json | undefined, merge?: string) => void;
  /** The other properties beside this one, for `x-of`. */
  siblings: Record<string, Json | undefined>;
  required: boolean;
  /** The names of the property from the top, for merging keystrokes. */
  path: readonly string[];
  invalid?: boolean;
}

export interface FieldChoice {
  key: string;
  label: string;
  field: Field;
  type: string;
}

const SYSTEM: readonly [string, string, () => string][] = [
  ["created_at", "moment", () => t("form.createdAt")],
  ["created_by", "person", () => t("form.createdBy")],
  ["updated_at", "moment", () => t("form.updatedAt")],
  ["updated_by", "person", () => t("form.updatedBy")],
];

export function systemFields(): FieldChoice[] {
  return SYSTEM.map(([key, type, label]) => ({ key, label: label(), field: { type }, type }));
}

export function fieldsOf(documents: Documents, formKey: string | null | undefined): FieldChoice[] {
  const form = formKey ? (documents[idOf("form", formKey)] as Form | undefined) : undefined;
  if (!form) return [];
  return Object.entries(form.fields ?? {}).map(([key, field]) => ({
    key,
    label: words(field.label, key),
    field,
    type: valueType(field, form, documents),
  }));
}

export function useFields(formKey: string | null | undefined): FieldChoice[] {
  return fieldsOf(useDocuments(), formKey);
}

/** The names a formula over a form may use: its fields, the fields behind its links, system fields. */
export function namesOf(
  documents: Documents,
  formKey: string | null,
  old: boolean = false,
): Name[] {
  const own = fieldsOf(documents, formKey);
  const names: Name[] = own.map(({ key, label }) => ({ path: key, label }));
  for (const { key, label, field } of own) {
    if (field.type !== "link") continue;
    for (const behind of fieldsOf(documents, plain(field.form)))
      names.push({ path: `${key}.${behind.key}`, label: `${label}.${behind.label}` });
  }
  if (old)
    for (const { key, label } of own)
      names.push({ path: `old.${key}`, label: t("form.oldValue", { field: label }) });
  for (const { key, label } of systemFields()) names.push({ path: key, label });
  return names;
}

export function useNames(): Name[] {
  const { form, old } = useSurroundings();
  const documents = useDocuments();
  return namesOf(documents, form, old);
}

export function useSeal(): () => void {
  const { workspace } = useSession();
  const { document } = useSurroundings();
  return () => workspace.seal(document);
}

/** The gesture that typing into a property is: one undo step. */
export function mergeWord(path: readonly string[]): string {
  return `type:${path.join("/")}`;
}
