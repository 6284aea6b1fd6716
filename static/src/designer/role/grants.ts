/** Grants of a role: which actions there are, and the grant that speaks of every form. */
import type { Problem } from "@/shared/types";

import type { JsonObject } from "../core/json";
import { t } from "../texts";

export const ACTIONS = ["see", "create", "edit", "delete", "export", "import", "print"] as const;
export type Action = (typeof ACTIONS)[number];

/** Actions that are granted record by record. */
export const BY_ROW: readonly Action[] = ["see", "edit", "delete"];

/** The key under which a grant speaks of all forms. */
export const EVERY_FORM = "*";

export function actionLabel(action: Action): string {
  const labels: Record<Action, string> = {
    see: t("role.see"),
    create: t("role.create"),
    edit: t("role.edit"),
    delete: t("role.delete"),
    export: t("role.export"),
    import: t("role.import"),
    print: t("role.print"),
  };
  return labels[action];
}

/** The grants with that of one form replaced, added or (null) taken away. */
export function withGrant(
  grants: readonly JsonObject[],
  form: string,
  change: (grant: JsonObject) => JsonObject | null,
): JsonObject[] {
  const at = grants.findIndex((grant) => grant.form === form);
  const next = change(grants[at] ?? { form });
  const rest = [...grants];
  if (next === null) {
    if (at >= 0) rest.splice(at, 1);
  } else if (at >= 0) rest[at] = next;
  else rest.push(next);
  return rest;
}

export function everything(grant: JsonObject): JsonObject {
  return { ...grant, ...Object.fromEntries(ACTIONS.map((action) => [action, true])) };
}

/** How many fields are not simply editable. */
export function restricted(grant: JsonObject | undefined): number {
  const fields = (grant?.fields ?? {}) as Record<string, string>;
  const masks = (grant?.mask ?? {}) as Record<string, string>;
  return new Set([
    ...Object.keys(fields).filter((key) => fields[key] !== "edit"),
    ...Object.keys(masks),
  ]).size;
}

type Problems = readonly (Problem & { inner: string })[];

export function problemsOf(
  problems: Problems,
  grants: readonly JsonObject[],
  form: string,
): Problems {
  const at = grants.findIndex((grant) => grant.form === form);
  return at < 0
    ? []
    : problems.filter(
        ({ inner }) => inner === `/grants/${at}` || inner.startsWith(`/grants/${at}/`),
      );
}
