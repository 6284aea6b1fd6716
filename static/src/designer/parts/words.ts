/** Definitions in words: who is meant, what a condition says, what an action does. */
import { localized } from "@/shared/i18n";

import type { Catalogue } from "../api";
import { listItems, readCondition, unquoted, type Clause } from "../core/condition";
import type { Documents } from "../core/definitions";
import { piecesOf, type Name } from "../core/formula_text";
import { isObject, plain, type Json, type JsonObject } from "../core/json";
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
          ? listItems(clause.value).map(named).join(t("flow.sayList"))
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
      if (typeof named !== "string") return unnamedWords(plain(entry.type), localized(kind?.label));
      if (entry.role)
        return words(
          documents[`role/${named}`]?.label,
          named === "administrator" ? t("role.administrator") : named,
        );
      if (entry.field)
        return namesOf(documents, form).find((name) => name.path === named)?.label ?? named;
      return named;
    })
    .join(t("flow.sayList"));
}

/** People who are meant without being named, inside a sentence. */
function unnamedWords(type: string, label: string): string {
  if (type === "starter") return t("flow.theStarter");
  if (type === "manager") return t("flow.theSuperior");
  if (type === "department_head") return t("flow.theHead");
  if (type === "department") return t("flow.theDepartment");
  return label || type;
}

/** What a list of actions does, in their order, as the end of a sentence. */
export function actionsWords(
  entries: Json | undefined,
  catalogue: Catalogue,
  documents: Documents,
  form: string | null,
): string {
  if (!Array.isArray(entries)) return "";
  return (entries as JsonObject[])
    .map((entry) => actionWords(entry, catalogue, documents, form))
    .join(t("flow.sayThen"));
}

function actionWords(
  entry: JsonObject,
  catalogue: Catalogue,
  documents: Documents,
  form: string | null,
): string {
  const whom = peopleWords(entry.to ?? entry.among, catalogue, documents, form);
  const named = (kind: string, key: string): string =>
    words(documents[`${kind}/${key}`]?.label, key);
  const fields = fieldsOf(documents, form);
  switch (entry.action) {
    case "set": {
      const keys = isObject(entry.values) ? Object.keys(entry.values) : [];
      const what = keys.map((key) => fields.find((choice) => choice.key === key)?.label ?? key);
      return t("flow.saySet", { what: what.join(t("flow.sayList")) });
    }
    case "assign":
      return t("flow.sayAssign", { whom: whom || t("flow.nobody") });
    case "create_record":
      return t("flow.sayCreate", { form: named("form", plain(entry.form)) });
    case "notify":
      return t("flow.sayNotify", { whom: whom || t("flow.nobody") });
    case "start_flow":
      return t("flow.sayStart", { flow: named("flow", plain(entry.flow)) });
    case "refuse":
      return t("flow.sayRefuse");
    default: {
      // A kind this page knows nothing of says its own name.
      const kind = catalogue.actions.find((one) => one.key === entry.action);
      const target = typeof entry.form === "string" ? named("form", entry.form) : whom;
      return [localized(kind?.label) || plain(entry.action), target].filter(Boolean).join(" ");
    }
  }
}
