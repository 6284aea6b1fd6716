/** A rule as one sentence. */
import { localized } from "@/shared/i18n";

import type { Catalogue } from "../api";
import type { Body, Documents } from "../core/definitions";
import { plain, isObject, type Json } from "../core/json";
import { actionsWords, conditionWords } from "../parts/words";
import { words } from "../session";
import { t } from "../texts";

export function triggerLabel(catalogue: Catalogue, on: unknown): string {
  const event = isObject(on) ? plain(on.event) : "";
  return localized(catalogue.triggers.find((one) => one.key === event)?.label) || event;
}

export function ruleSentence(rule: Body, catalogue: Catalogue, documents: Documents): string {
  const form = words(documents[`form/${String(rule.form)}`]?.label, String(rule.form));
  const when = `${t("flow.when")} ${form} ${triggerLabel(catalogue, rule.on)}`;
  const condition =
    typeof rule.when === "string" && rule.when
      ? `${t("flow.if")} ${conditionWords(rule.when, documents, String(rule.form))}`
      : "";
  const done =
    actionsWords(rule.do as Json, catalogue, documents, String(rule.form)) || t("flow.noActions");
  return [when, condition, `${t("flow.then")} ${done}`].filter(Boolean).join("，");
}
