/** The three recipes of the empty state: whole rules made from what the form has. */
import type { Body, Documents, Form } from "../core/definitions";
import type { JsonObject } from "../core/json";
import { fieldsOf } from "../parts/schema/context";
import { words } from "../session";
import { t } from "../texts";

type Made = { label: string; parts: JsonObject } | { missing: string };

export interface Recipe {
  icon: string;
  title: string;
  /** The name and the parts of the rule, or what the form lacks. */
  make: (documents: Documents, form: Form) => Made;
}

export const RECIPES: readonly Recipe[] = [
  {
    icon: "team",
    title: t("flow.recipeAssign"),
    make: (documents, form): Made => {
      const person = fieldsOf(documents, form.key).find(({ field }) => field.type === "person");
      if (!person) return { missing: t("flow.recipeNeedsPerson") };
      const roles = Object.values(documents).filter((body) => body.kind === "role");
      const role = roles.find((one) => one.key !== "administrator")?.key ?? "administrator";
      return {
        label: t("flow.recipeAssignLabel", { form: words(form.label, form.key) }),
        parts: {
          on: { event: "created" },
          phase: "after",
          when: `ISEMPTY(${person.key})`,
          do: [
            {
              action: "assign",
              field: person.key,
              method: "round_robin",
              among: [{ type: "role", role }],
            },
          ],
        },
      };
    },
  },
  {
    icon: "bell",
    title: t("flow.recipeRemind"),
    make: (documents, form): Made => {
      const fields = fieldsOf(documents, form.key);
      const date = fields.find(({ field }) => field.type === "date" || field.type === "moment");
      if (!date) return { missing: t("flow.recipeNeedsDate") };
      const person = fields.find(({ field }) => field.type === "person");
      const title =
        typeof form.title === "string" && form.title ? form.title : words(form.label, form.key);
      return {
        label: t("flow.recipeRemindLabel", { field: date.label }),
        parts: {
          on: { event: "reached", field: date.key, offset: "0d", at: "09:00" },
          phase: "after",
          do: [
            {
              action: "notify",
              to: [
                person
                  ? { type: "field", field: person.key }
                  : { type: "role", role: "administrator" },
              ],
              text: t("flow.recipeRemindText", { title }),
            },
          ],
        },
      };
    },
  },
  {
    icon: "shield",
    title: t("flow.recipeRefuse"),
    make: (documents, form): Made => {
      const fields = fieldsOf(documents, form.key);
      const number = fields.find(({ type }) => type === "money" || type === "number");
      const first = number ?? fields[0];
      return {
        label: t("flow.recipeRefuseLabel", { form: words(form.label, form.key) }),
        parts: {
          on: { event: "created" },
          phase: "before",
          ...(first ? { when: number ? `${number.key} < 0` : `ISEMPTY(${first.key})` } : {}),
          do: [{ action: "refuse", text: t("flow.recipeRefuseText") }],
        },
      };
    },
  },
];

export function blankRule(key: string, label: string, form: string): Body {
  return {
    kind: "rule",
    key,
    format: 1,
    label,
    form,
    on: { event: "created" },
    phase: "after",
    do: [
      {
        action: "notify",
        to: [{ type: "role", role: "administrator" }],
        text: t("flow.notifyNew"),
      },
    ],
  };
}
