/** What a field becomes when it is dropped on a report: a dimension, a measure, a line over time. */
import { plain } from "./json";
import type { Body, Chart, Dimension, Field, Funnel, Measure } from "./definitions";
import type { Json } from "./json";

export type Report = Body & {
  form: string;
  dimensions?: Dimension[] & Json;
  measures?: Measure[] & Json;
  chart?: Chart & Json;
  funnel?: Funnel & Json;
  sort?: string[];
  where?: string;
  limit?: number;
};

export type FieldRole = "measure" | "time" | "stage" | "category" | "text";

const MEASURES = new Set(["number", "money", "duration", "rating"]);
const TIMES = new Set(["date", "moment", "datetime"]);
const CATEGORIES = new Set([
  "choice",
  "choices",
  "check",
  "person",
  "department",
  "link",
  "region",
  "tags",
]);

export function roleOf(field: Field): FieldRole {
  const type =
    field.type === "formula" || field.type === "rollup" ? plain(field.returns, "text") : field.type;
  if (MEASURES.has(type)) return "measure";
  if (TIMES.has(type)) return "time";
  if (CATEGORIES.has(type)) return type === "choice" ? "stage" : "category";
  return "text";
}

export function emptyReport(key: string, label: string, form: string): Report {
  return {
    kind: "report",
    key,
    format: 1,
    label,
    form,
    dimensions: [],
    measures: [{ of: "count" }] as Measure[] & Json,
    chart: { type: "table" },
  };
}

function dimensionsOf(report: Report): Dimension[] {
  return report.dimensions ?? [];
}

function measuresOf(report: Report): Measure[] {
  return report.measures ?? [];
}

export function isCountOnly(report: Report): boolean {
  const measures = measuresOf(report);
  return measures.length === 0 || (measures.length === 1 && measures[0]?.of === "count");
}

export function measureKey(measure: Measure): string {
  return measure.field ? `${measure.of}_${measure.field}` : measure.of;
}

/** The chart that suits what is shown, kept when the person's own choice still fits. */
export function suitedChart(report: Report, fields: Record<string, Field>): Chart {
  const dimensions = dimensionsOf(report);
  const current = report.chart;
  if (dimensions.length === 0) return { type: "number" };
  const first = dimensions[0];
  const time =
    first && (first.by !== undefined || roleOf(fields[first.field] ?? { type: "text" }) === "time");
  if (time) return current?.type === "bar" || current?.type === "line" ? current : { type: "line" };
  if (current && current.type !== "number" && current.type !== "table" && current.type !== "line")
    return current;
  return dimensions.length > 2 ? { type: "table" } : { type: "bar" };
}

function isBlank(report: Report): boolean {
  return (
    dimensionsOf(report).length === 0 &&
    isCountOnly(report) &&
    report.chart?.type === "table" &&
    !report.funnel
  );
}

/** The report after a field has been dropped on it; dropping what is there already changes nothing. */
export function withDropped(report: Report, key: string, fields: Record<string, Field>): Report {
  const field = fields[key];
  if (!field) return report;
  const { funnel: _funnel, ...plain } = report;
  const base = plain as Report;
  if (roleOf(field) === "measure") {
    const measure: Measure = { of: "sum", field: key };
    const present = measuresOf(base).some((other) => other.field === key && other.of === "sum");
    if (present && !isBlank(report)) return report;
    const measures = isCountOnly(base) ? [measure] : [...measuresOf(base), measure];
    const next = { ...base, measures: measures as Measure[] & Json };
    if (dimensionsOf(base).length === 0)
      return { ...next, chart: { type: measures.length === 1 ? "number" : "table" } };
    return { ...next, chart: suitedChart(next, fields) };
  }
  if (dimensionsOf(base).some((dimension) => dimension.field === key)) return report;
  const dimension: Dimension =
    roleOf(field) === "time" ? { field: key, by: "month" } : { field: key };
  // Time comes first: it is the axis, the other dimension becomes the series.
  const dimensions = dimension.by
    ? [dimension, ...dimensionsOf(base)]
    : [...dimensionsOf(base), dimension];
  const measures = measuresOf(base).length ? measuresOf(base) : [{ of: "count" }];
  const next = {
    ...base,
    dimensions: dimensions as Dimension[] & Json,
    measures: measures as Measure[] & Json,
  };
  return { ...next, chart: suitedChart(next, fields) };
}

export function withoutDimension(
  report: Report,
  index: number,
  fields: Record<string, Field>,
): Report {
  const next = {
    ...report,
    dimensions: dimensionsOf(report).filter((_other, at) => at !== index) as Dimension[] & Json,
  };
  return { ...next, chart: suitedChart(next, fields) };
}

export function withoutMeasure(report: Report, index: number): Report {
  const measures = measuresOf(report).filter((_other, at) => at !== index);
  return {
    ...report,
    measures: (measures.length ? measures : [{ of: "count" }]) as Measure[] & Json,
  };
}

interface Option {
  value: string;
}

/** The report as a chart of another type; a funnel takes its steps from the choice that is its dimension. */
export function withChart(report: Report, type: string, fields: Record<string, Field>): Report {
  if (type === "funnel") {
    const choice =
      dimensionsOf(report).find(
        (dimension) => roleOf(fields[dimension.field] ?? { type: "" }) === "stage",
      )?.field ??
      report.funnel?.field ??
      Object.keys(fields).find((key) => fields[key]?.type === "choice");
    if (!choice) return report;
    const options = (fields[choice]?.options ?? []) as unknown as Option[];
    const steps = options.map((option) => option.value).filter((value) => !LOST.test(value));
    const { dimensions: _dimensions, measures: _measures, sort: _sort, ...plain } = report;
    return {
      ...(plain as Report),
      funnel: { field: choice, steps, count: "current" },
      chart: { type },
    };
  }
  if (report.funnel) {
    const { funnel, ...plain } = report;
    const base = {
      ...(plain as Report),
      dimensions: (funnel.field ? [{ field: funnel.field }] : []) as Dimension[] & Json,
      measures: [{ of: "count" }] as Measure[] & Json,
    };
    return { ...base, chart: { type } };
  }
  return { ...report, chart: { ...(report.chart?.type === type ? report.chart : {}), type } };
}

// A funnel narrows towards success: what was lost or is void is not a step of it.
const LOST =
  /(^|_)(lost|lose|failed|invalid|void|cancelled|canceled|shu_?dan|shibai|shi_bai|wu_?xiao)(_|$)/;

/** The name of a report made by dropping: its measure by its dimensions, in words. */
export function proposedLabel(
  report: Report,
  labelOf: (field: string) => string,
  measureWords: (measure: Measure, field: string) => string,
  by: (what: string, dimension: string) => string,
): string {
  const measure = measuresOf(report)[0] ?? { of: "count" };
  const what = measureWords(measure, measure.field ? labelOf(measure.field) : "");
  const field = report.funnel?.field;
  const dimensions = field ? [field] : dimensionsOf(report).map((dimension) => dimension.field);
  return dimensions.length ? by(what, dimensions.map(labelOf).join(" × ")) : what;
}
