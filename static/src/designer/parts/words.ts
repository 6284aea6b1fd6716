/** Definitions in words: who is meant, what a condition says, what an action does. */
import { plain } from "../core/json";
import { localized } from "@/shared/i18n";

import type { Catalogue } from "../api";
import { listItems, readCondition, unquoted, type Clause } from "../core/condition";
import type { Documents } from "../core/definitions";
import { piecesOf, type Name } from "../core/formula_text";
import type { Json, JsonObject } from "../core/json";
import type { Option } from "../core/options";
import { words } from "../session";
import { t } from "../texts";
import { fieldsOf, namesOf, systemFields } from "./schema/context";

const SIGNS: Partial<Record<Clause["comparison"], () => string>> = {
  "=": () => t("form.is"),
  "!=": () => t("form.isNot"),
  ">": () => t("form.greater"),
  ">=": () => t("form.atLeast"),
  "<": () => t("form.less"),
  "<=": () => t("form.atMost"),
  in: () => t("form.isOneOf"),
  not_in: () => t("form.isNoneOf"),
  is_empty: () => t("form.isEmpty"),
  is_not_empty: () => t("form.isNotEmpty"),
  contains: () => t("form.contains"),
  is_me: () => t("form.isMe"),
  is_mine_or_below: () => t("form.isBelow"),
};

export function formulaWords(formula: string, names: readonly Name[]): string {
  return piecesOf(formula, names)
    .map((piece) => (piece.kind === "name" ? piece.label : piece.text))
    .join("");
}

/** A condition over a form as a person would say it; what rows cannot say stays a formula with labels. */
export function conditionWords(formula: string, documents: Documents, form: string | null): string {
  const names = namesOf(documents, form, true);
  const condition = readCondition(formula);
  if (!condition || condition.clauses.length === 0) return formulaWords(formula, names);
  const fields = [...fieldsOf(documents, form), ...systemFields()];
  const joined = condition.join === "and" ? t("form.and") : t("form.or");
  return condition.clauses
    .map((clause) => {
      const label = names.find((name) => name.path === clause.field)?.label ?? clause.field;
      const options = (fields.find(({ key }) => key === clause.field)?.field.options ??
        []) as unknown as Option[];
      const named = (value: string): string =>
        words(options.find((option) => option.value === value)?.label, value);
      if (clause.comparison === "within_days")
        return `${label} ${t("form.withinDays")} ${clause.value}`;
      if (clause.comparison === "older_than_days")
        return `${label} ${t("form.olderThanDays")} ${clause.value}`;
      const value =
        clause.comparison === "in" || clause.comparison === "not_in"
          ? listItems(clause.value).map(named).join("、")
          : clause.value.startsWith("'")
            ? named(unquoted(clause.value))
            : formulaWords(clause.value, names);
      return `${label} ${SIGNS[clause.comparison]?.() ?? clause.comparison} ${value}`.trim();
    })
    .join(` ${joined} `);
}

/** Who is meant by a list of people kinds. */
export function peopleWords(
  entries: Json | undefined,
  catalogue: Catalogue,
  documents: Documents,
  form: string | null,
): string {
  if (!Array.isArray(entries) || entries.length === 0) return "";
  return (entries as JsonObject[])
    .map((entry) => {
      const kind = catalogue.assignees.find((one) => one.key === entry.type);
      const named = entry.role ?? entry.person ?? entry.department ?? entry.field;
      if (typeof named !== "string") return localized(kind?.label) || plain(entry.type);
      if (entry.role)
        return words(
          documents[`role/${named}`]?.label,
          named === "administrator" ? t("role.administrator") : named,
        );
      if (entry.field)
        return namesOf(documents, form).find((name) => name.path === named)?.label ?? named;
      return named;
    })
    .join("、");
}

/** What a list of actions does, in their order. */
export function actionsWords(
  entries: Json | undefined,
  catalogue: Catalogue,
  documents: Documents,
  form: string | null,
): string {
  if (!Array.isArray(entries)) return "";
  return (entries as JsonObject[])
    .map((entry) => {
      const label =
        localized(catalogue.actions.find((one) => one.key === entry.action)?.label) ||
        plain(entry.action);
      const people = peopleWords(entry.to ?? entry.among, catalogue, documents, form);
      const target =
        typeof entry.form === "string"
          ? words(documents[`form/${entry.form}`]?.label, entry.form)
          : "";
      const set =
        entry.values && typeof entry.values === "object" && !target
          ? Object.keys(entry.values)
          : [];
      const names = fieldsOf(documents, form);
      const fields = set
        .map((key) => names.find((choice) => choice.key === key)?.label ?? key)
        .join("、");
      return [label, target || fields || people].filter(Boolean).join(" ");
    })
    .join(" → ");
}
