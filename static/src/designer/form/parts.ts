/** The schemas of a form's parts, from the catalogue's schema of the kind. */
import type { Schema } from "../api";
import type { Session } from "../session";

export function formSchema(session: Session): Schema {
  return session.catalogue.definition_kinds.find((kind) => kind.key === "form")?.schema ?? {};
}

export function partSchema(session: Session, part: string): Schema {
  return formSchema(session).properties?.[part] ?? {};
}

/** The schema of one variant of a part that comes in several types (a table view, a kanban view). */
export function variant(schema: Schema, type: string): Schema {
  return schema.oneOf?.find((one) => one.properties?.type?.const === type) ?? {};
}
