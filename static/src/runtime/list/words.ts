/** A clause in words: 「阶段 是 赢单、输单」. */
import { day, number } from "@/shared/format";
import type { Clause, Period } from "@/shared/filter";
import { language } from "@/shared/i18n";
import { queryClient } from "@/shared/queries";
import type { FieldInfo } from "@/shared/types";
import { t } from "@/shared/texts/list";
import { optionOf } from "@/widgets/values";

/** Names of people and linked records that were picked or seen, by kind and id. */
const NAMES = "mortise.names";

export function rememberName(kind: string, id: number | string, name: string): void {
  queryClient.setQueryData([NAMES, kind, String(id)], name);
  sessionStorage.setItem(`${NAMES}.${kind}.${id}`, name);
}

export function knownName(kind: string, id: string): string | null {
  return (
    queryClient.getQueryData<string>([NAMES, kind, id]) ??
    sessionStorage.getItem(`${NAMES}.${kind}.${id}`)
  );
}

export function referenceKind(field: FieldInfo): string | null {
  if (field.value_type === "person" || field.value_type === "department") return field.value_type;
  if (field.value_type === "link") {
    return typeof field.options.form === "string" ? `link:${field.options.form}` : "link";
  }
  return null;
}

function shown(field: FieldInfo, value: string): string {
  const option = optionOf(field, value);
  if (option) return option.label;
  const kind = referenceKind(field);
  if (kind) return knownName(kind, value) ?? "…";
  if (field.value_type === "number") return number(value);
  if (/^\d{4}-\d{2}-\d{2}/.test(value)) return day(value);
  return value;
}

const JOIN = language === "en" ? ", " : "、";

export function words(clause: Clause, field: FieldInfo | undefined): string {
  if (clause.comparison === "raw" || !field) return t("list.raw");
  const comparison = t(`words.${clause.comparison}`);
  if (clause.comparison === "period") {
    return `${field.label} ${comparison} ${t(`words.${(clause.values[0] ?? "today") as Period}`)}`;
  }
  if (clause.comparison === "between") {
    const [from = "", to = ""] = clause.values;
    return `${field.label} ${comparison} ${shown(field, from)} ${t("words.and")} ${shown(field, to)}`;
  }
  const values = clause.values.map((value) => shown(field, value));
  const few =
    values.length > 3
      ? `${values.slice(0, 3).join(JOIN)} +${values.length - 3}`
      : values.join(JOIN);
  return [field.label, comparison, few].filter(Boolean).join(" ");
}
