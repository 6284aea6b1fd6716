/** The fields of a form as reports know them. */
import type { Field } from "../core/definitions";
import { fieldsOf, systemFields } from "../parts/schema/context";

/** The fields of a form under their keys, lookups as what they show. */
export function reportFields(
  documents: Parameters<typeof fieldsOf>[0],
  form: string,
): Record<string, Field> {
  return Object.fromEntries(
    [...fieldsOf(documents, form), ...systemFields()].map((choice) => [
      choice.key,
      { ...choice.field, type: choice.field.type === "lookup" ? choice.type : choice.field.type },
    ]),
  );
}
