/** The words of reports: names of measures and grains, the name a dropped field proposes. */
import { localized } from "@/shared/i18n";

import type { Catalogue } from "../api";
import type { Documents, Measure } from "../core/definitions";
import { measureKey, proposedLabel, type Report } from "../core/report";
import { fieldsOf, systemFields } from "../parts/schema/context";
import { t } from "../texts";

export function fieldLabel(documents: Documents, form: string, key: string): string {
  return (
    [...fieldsOf(documents, form), ...systemFields()].find((choice) => choice.key === key)?.label ??
    key
  );
}

export function measureWords(catalogue: Catalogue, measure: Measure, field: string): string {
  if (measure.of === "count") return t("report.countWords");
  if (measure.of === "sum") return t("report.sumOf", { field });
  if (measure.of === "average") return t("report.averageOf", { field });
  const kind =
    localized(catalogue.measures.find((one) => one.key === measure.of)?.label) || measure.of;
  return t("report.otherOf", { field, measure: kind });
}

export function nameOfReport(catalogue: Catalogue, documents: Documents, report: Report): string {
  return proposedLabel(
    report,
    (key) => fieldLabel(documents, report.form, key),
    (measure, field) => measureWords(catalogue, measure, field),
    (what, dimension) => t("report.byWords", { what, dimension }),
  );
}

export function grainLabel(grain: string): string {
  switch (grain) {
    case "year":
      return t("report.year");
    case "quarter":
      return t("report.quarter");
    case "month":
      return t("report.month");
    case "week":
      return t("report.week");
    case "hour":
      return t("report.hour");
    default:
      return t("report.day");
  }
}

/** What a report can be sorted by: its dimensions and its measures, under their keys. */
export function sortKeys(
  catalogue: Catalogue,
  documents: Documents,
  report: Report,
): { key: string; label: string }[] {
  return [
    ...(report.dimensions ?? []).map(({ field }) => ({
      key: field,
      label: fieldLabel(documents, report.form, field),
    })),
    ...(report.measures ?? []).map((measure) => ({
      key: measureKey(measure),
      label: measureWords(
        catalogue,
        measure,
        measure.field ? fieldLabel(documents, report.form, measure.field) : "",
      ),
    })),
  ];
}

export function chartIcon(type: string): string {
  const icons: Record<string, string> = {
    bar: "report",
    line: "chart-line",
    pie: "chart-pie",
    funnel: "funnel",
    number: "number",
    table: "table",
  };
  return icons[type] ?? "report";
}
