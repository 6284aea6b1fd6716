/** A rule as one sentence. */
import { localized } from "@/shared/i18n";

import type { Catalogue } from "../api";
import type { Body, Documents } from "../core/definitions";
import { isObject, plain, type Json } from "../core/json";
import { durationWords } from "../parts/duration_words";
import { fieldsOf } from "../parts/schema/context";
import { actionsWords, conditionWords } from "../parts/words";
import { words } from "../session";
import { t } from "../texts";

/** What a rule says, as a person would: when …, if …, then …. */
export function ruleSentence(rule: Body, catalogue: Catalogue, documents: Documents): string {
  const key = plain(rule.form);
  const condition =
    typeof rule.when === "string" && rule.when ? conditionWords(rule.when, documents, key) : "";
  const done = actionsWords(rule.do as Json, catalogue, documents, key) || t("flow.noActions");
  const event = isObject(rule.on) ? plain(rule.on.event) : "";
  // Becoming true says its condition itself.
  const rest = event === "becomes_true" ? "" : condition;
  return [
    triggerWords(rule, condition, catalogue, documents),
    rest && t("flow.ruleIf", { condition: rest }),
    t("flow.ruleThen", { done }),
  ].join("");
}

function triggerWords(
  rule: Body,
  condition: string,
  catalogue: Catalogue,
  documents: Documents,
): string {
  const form = words(documents[`form/${plain(rule.form)}`]?.label, plain(rule.form));
  const on = isObject(rule.on) ? rule.on : {};
  switch (on.event) {
    case "created":
      return t("flow.ruleCreated", { form });
    case "updated":
      return t("flow.ruleUpdated", { form });
    case "deleted":
      return t("flow.ruleDeleted", { form });
    case "becomes_true":
      return condition
        ? t("flow.ruleBecomesSo", { form, condition })
        : t("flow.ruleBecomes", { form });
    case "schedule":
      return t("flow.ruleSchedule", { form });
    case "reached": {
      const field =
        fieldsOf(documents, plain(rule.form)).find((choice) => choice.key === on.field)?.label ??
        plain(on.field);
      const offset = plain(on.offset);
      const time = durationWords(offset);
      if (!offset || /^-?0/.test(offset)) return t("flow.ruleReached", { form, field });
      return offset.startsWith("-")
        ? t("flow.ruleReachedBefore", { form, field, time })
        : t("flow.ruleReachedAfter", { form, field, time });
    }
    default: {
      const trigger = catalogue.triggers.find((one) => one.key === on.event);
      return t("flow.ruleOther", { form, event: localized(trigger?.label) || plain(on.event) });
    }
  }
}
