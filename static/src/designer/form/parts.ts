/** The schemas of a form's parts, from the catalogue's schema of the kind. */
import type { Problem } from "@/shared/types";

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

export type Problems = readonly (Problem & { inner: string })[];

/** The problems inside one part of the form, with paths inside it. */
export function within(problems: Problems, prefix: string): (Problem & { inner: string })[] {
  return problems
    .filter(({ inner }) => inner === prefix || inner.startsWith(`${prefix}/`))
    .map((problem) => ({ ...problem, inner: problem.inner.slice(prefix.length) }));
}
