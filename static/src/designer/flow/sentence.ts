/** The sentence on a node's card. */
import { localized } from "@/shared/i18n";

import type { Catalogue } from "../api";
import type { Documents, Flow, Node } from "../core/definitions";
import { leaving } from "../core/flow";
import { plain, isObject } from "../core/json";
import { durationWords } from "../parts/duration_words";
import { actionsWords, conditionWords, peopleWords } from "../parts/words";
import { words } from "../session";
import { t } from "../texts";

export function nodeLabel(catalogue: Catalogue, node: Node | undefined): string {
  if (!node) return "";
  return words(
    node.label,
    localized(catalogue.nodes.find((one) => one.key === node.type)?.label) || node.type,
  );
}

export function startSentence(flow: Flow, documents: Documents): string {
  const start = isObject(flow.start) ? flow.start : {};
  const form = words(documents[`form/${flow.form}`]?.label, flow.form);
  const event =
    start.event === "updated"
      ? t("flow.startUpdated", { form })
      : start.event === "manual"
        ? t("flow.startManual")
        : t("flow.startCreated", { form });
  if (typeof start.when !== "string" || !start.when) return event;
  return `${event} ${t("flow.startWhen", { condition: conditionWords(start.when, documents, flow.form) })}`;
}

export function sentenceOf(
  key: string,
  flow: Flow,
  catalogue: Catalogue,
  documents: Documents,
): string {
  const node = flow.nodes[key];
  if (!node) return "";
  if (node.type === "start") return startSentence(flow, documents);
  const parts: string[] = [];
  if ("who" in node || node.type === "approve") {
    parts.push(peopleWords(node.who, catalogue, documents, flow.form) || t("flow.nobody"));
    const schema = catalogue.nodes.find((one) => one.key === node.type)?.options_schema.properties
      ?.mode;
    const mode = node.mode ?? schema?.default;
    if (Array.isArray(node.who) && mode !== undefined)
      parts.push(localized(schema?.["x-labels"]?.[plain(mode)]));
    if (isObject(node.deadline) && typeof node.deadline.after === "string")
      parts.push(t("flow.within", { time: durationWords(node.deadline.after) }));
  } else if ("do" in node || node.type === "act") {
    parts.push(actionsWords(node.do, catalogue, documents, flow.form) || t("flow.nothingToDo"));
  } else if (typeof node.for === "string") {
    parts.push(durationWords(node.for));
  } else if (node.type === "exclusive" || node.type === "parallel" || node.type === "inclusive") {
    parts.push(t("flow.branches", { n: leaving(flow, key).length }));
  }
  return parts.filter(Boolean).join(" · ");
}
