/**
 * Filters as clauses of field, comparison and values, written as a formula and read back from one.
 *
 * Reading recognises exactly what writing produces; any other part of a formula stays as it is (`raw`),
 * so that a drilled-down or hand-written filter is kept and can be removed as a whole.
 */
import { today } from "./format";
import type { FieldInfo } from "./types";

export type Comparison =
  | "in"
  | "not_in"
  | "contains"
  | "equals"
  | "at_least"
  | "at_most"
  | "between"
  | "from"
  | "until"
  | "period"
  | "yes"
  | "no"
  | "me"
  | "mine_or_below"
  | "empty"
  | "not_empty"
  | "raw";

export interface Clause {
  field: string;
  comparison: Comparison;
  /** Literals without quotes; ids for links and people; the period's name. */
  values: string[];
}

export const PERIODS = [
  "today",
  "yesterday",
  "this_week",
  "last_7",
  "last_30",
  "next_7",
  "this_month",
  "last_month",
  "this_quarter",
  "this_year",
  "past",
  "future",
] as const;

export type Period = (typeof PERIODS)[number];

const MONTH = "DATE(YEAR(TODAY()), MONTH(TODAY()), 1)";
const QUARTER = "DATE(YEAR(TODAY()), MONTH(TODAY()) - (MONTH(TODAY()) - 1) % 3, 1)";
const YEAR = "DATE(YEAR(TODAY()), 1, 1)";
const WEEK = "DATEADD(TODAY(), 1 - WEEKDAY(TODAY(), 2), 'day')";
const step = (from: string, count: number, unit: string) => `DATEADD(${from}, ${count}, '${unit}')`;

/** From (inclusive) and to (exclusive), as formulas. */
const RANGES: Readonly<Record<Period, readonly [string | null, string | null]>> = {
  today: ["TODAY()", step("TODAY()", 1, "day")],
  yesterday: [step("TODAY()", -1, "day"), "TODAY()"],
  this_week: [WEEK, step(WEEK, 7, "day")],
  last_7: [step("TODAY()", -6, "day"), step("TODAY()", 1, "day")],
  last_30: [step("TODAY()", -29, "day"), step("TODAY()", 1, "day")],
  next_7: ["TODAY()", step("TODAY()", 7, "day")],
  this_month: [MONTH, step(MONTH, 1, "month")],
  last_month: [step(MONTH, -1, "month"), MONTH],
  this_quarter: [QUARTER, step(QUARTER, 3, "month")],
  this_year: [YEAR, step(YEAR, 1, "year")],
  past: [null, "TODAY()"],
  future: ["TODAY()", null],
};

function range(field: string, [from, to]: readonly [string | null, string | null]): string {
  const parts: string[] = [];
  if (from) parts.push(`${field} >= ${from}`);
  if (to) parts.push(`${field} < ${to}`);
  return parts.length > 1 ? `(${parts.join(" and ")})` : (parts[0] ?? "");
}

export function quote(text: string): string {
  return text.includes("'") ? `"${text.replaceAll('"', "")}"` : `'${text}'`;
}

function literal(value: string, numeric: boolean): string {
  return numeric ? value : quote(value);
}

function list(values: readonly string[], numeric: boolean): string {
  return `[${values.map((value) => literal(value, numeric)).join(", ")}]`;
}

const REFERENCES = new Set(["person", "department", "link"]);

function isNumeric(field: FieldInfo | undefined): boolean {
  return !!field && (field.value_type === "number" || REFERENCES.has(field.value_type));
}

/** One clause as formula text. */
export function write(clause: Clause, field?: FieldInfo): string {
  const { field: key, comparison, values } = clause;
  const numeric = isNumeric(field);
  const [first = "", second = ""] = values;
  switch (comparison) {
    case "raw":
      return first;
    case "in":
      return field?.value_type === "list"
        ? `(${values.map((value) => `${literal(value, false)} in ${key}`).join(" or ")})`
        : `${key} in ${list(values, numeric)}`;
    case "not_in":
      return `${key} not in ${list(values, numeric)}`;
    case "contains":
      return `CONTAINS(${key}, ${quote(first)})`;
    case "equals":
      return `${key} = ${literal(first, numeric)}`;
    case "at_least":
      return `${key} >= ${literal(first, true)}`;
    case "at_most":
      return `${key} <= ${literal(first, true)}`;
    case "between":
      return numeric
        ? `(${key} >= ${first} and ${key} <= ${second})`
        : `(${key} >= '${first}' and ${key} < DATEADD('${second}', 1, 'day'))`;
    case "from":
      return `${key} >= '${first}'`;
    case "until":
      return `${key} < DATEADD('${first}', 1, 'day')`;
    case "period":
      return range(key, RANGES[first as Period] ?? RANGES.today);
    case "yes":
      return `${key} = true`;
    case "no":
      return `${key} = false`;
    case "me":
      return `${key} = USER()`;
    case "mine_or_below":
      return `(${key} = USER() or ${key} in SUBORDINATES())`;
    case "empty":
      return `ISEMPTY(${key})`;
    case "not_empty":
      return `not ISEMPTY(${key})`;
  }
}

export function formula(
  clauses: readonly Clause[],
  fields: ReadonlyMap<string, FieldInfo>,
): string {
  return clauses
    .map((clause) => write(clause, fields.get(clause.field)))
    .filter(Boolean)
    .map((text) =>
      clauses.length > 1 && / or /.test(text) && !text.startsWith("(") ? `(${text})` : text,
    )
    .join(" and ");
}

/** Splits at `and` outside quotes and brackets. */
function parts(text: string): string[] {
  const result: string[] = [];
  let depth = 0;
  let from = 0;
  const scanner = /'[^']*'|"[^"]*"|[([]|[)\]]|\s+(and|or)\s+/g;
  for (let found = scanner.exec(text); found; found = scanner.exec(text)) {
    const token = found[0];
    if (token === "(" || token === "[") depth += 1;
    else if (token === ")" || token === "]") depth -= 1;
    else if (depth === 0 && found[1] === "or") return [text];
    else if (depth === 0 && found[1] === "and") {
      result.push(text.slice(from, found.index).trim());
      from = scanner.lastIndex;
    }
  }
  result.push(text.slice(from).trim());
  return result.filter(Boolean);
}

const NAME = String.raw`([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)`;
const PLAIN = String.raw`('[^']*'|"[^"]*"|-?\d+(?:\.\d+)?)`;
const DAY = String.raw`'(\d{4}-\d{2}-\d{2})'`;

const items = (text: string) =>
  (text.match(/'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?/g) ?? []).map((item) =>
    item.replace(/^['"]|['"]$/g, ""),
  );
const bare = (text: string) => text.replace(/^['"]|['"]$/g, "");

type Reader = [RegExp, (found: RegExpExecArray) => Clause];

const READERS: Reader[] = [
  [new RegExp(`^${NAME} in \\[(.*)\\]$`), (f) => clause(f[1], "in", items(f[2] ?? ""))],
  [new RegExp(`^${NAME} not in \\[(.*)\\]$`), (f) => clause(f[1], "not_in", items(f[2] ?? ""))],
  [
    new RegExp(`^CONTAINS\\(${NAME}, ${PLAIN}\\)$`),
    (f) => clause(f[1], "contains", [bare(f[2] ?? "")]),
  ],
  [new RegExp(`^${NAME} = USER\\(\\)$`), (f) => clause(f[1], "me", [])],
  [
    new RegExp(`^\\(${NAME} = USER\\(\\) or \\1 in SUBORDINATES\\(\\)\\)$`),
    (f) => clause(f[1], "mine_or_below", []),
  ],
  [new RegExp(`^${NAME} = true$`), (f) => clause(f[1], "yes", [])],
  [new RegExp(`^${NAME} = false$`), (f) => clause(f[1], "no", [])],
  [new RegExp(`^ISEMPTY\\(${NAME}\\)$`), (f) => clause(f[1], "empty", [])],
  [new RegExp(`^not ISEMPTY\\(${NAME}\\)$`), (f) => clause(f[1], "not_empty", [])],
  [new RegExp(`^${NAME} = ${PLAIN}$`), (f) => clause(f[1], "equals", [bare(f[2] ?? "")])],
  [new RegExp(`^${NAME} >= (-?[\\d.]+)$`), (f) => clause(f[1], "at_least", [f[2] ?? ""])],
  [new RegExp(`^${NAME} <= (-?[\\d.]+)$`), (f) => clause(f[1], "at_most", [f[2] ?? ""])],
  [
    new RegExp(`^\\(${NAME} >= (-?[\\d.]+) and \\1 <= (-?[\\d.]+)\\)$`),
    (f) => clause(f[1], "between", [f[2] ?? "", f[3] ?? ""]),
  ],
  [
    new RegExp(`^\\(${NAME} >= ${DAY} and \\1 < DATEADD\\(${DAY}, 1, 'day'\\)\\)$`),
    (f) => clause(f[1], "between", [f[2] ?? "", f[3] ?? ""]),
  ],
  [new RegExp(`^${NAME} >= ${DAY}$`), (f) => clause(f[1], "from", [f[2] ?? ""])],
  [
    new RegExp(`^${NAME} < DATEADD\\(${DAY}, 1, 'day'\\)$`),
    (f) => clause(f[1], "until", [f[2] ?? ""]),
  ],
];

function clause(field: string | undefined, comparison: Comparison, values: string[]): Clause {
  return { field: field ?? "", comparison, values };
}

function readOne(text: string): Clause {
  const name = new RegExp(`^\\(?${NAME} (?:>=|<) `).exec(text)?.[1];
  if (name) {
    const period = PERIODS.find((one) => range(name, RANGES[one]) === text);
    if (period) return clause(name, "period", [period]);
  }
  if (/^\('[^']*' in /.test(text) && text.endsWith(")")) {
    const inner = text.slice(1, -1).split(" or ");
    const found = inner.map((part) => new RegExp(`^'([^']*)' in ${NAME}$`).exec(part));
    const field = found[0]?.[2];
    if (field && found.every((one) => one?.[2] === field)) {
      return clause(
        field,
        "in",
        found.map((one) => one?.[1] ?? ""),
      );
    }
  }
  for (const [pattern, make] of READERS) {
    const found = pattern.exec(text);
    if (found) return make(found);
  }
  return clause("", "raw", [text]);
}

export function read(text: string | null | undefined): Clause[] {
  return text?.trim() ? parts(text.trim()).map(readOne) : [];
}

/** The comparisons that make sense for a field, the usual one first. */
export function comparisons(field: FieldInfo): Comparison[] {
  const ends: Comparison[] = ["empty", "not_empty"];
  const shown = field.options.shown as { options?: unknown } | undefined;
  const type = field.options.options || shown?.options ? "choice" : field.value_type;
  switch (type) {
    case "choice":
      return field.value_type === "list" ? ["in", ...ends] : ["in", "not_in", ...ends];
    case "number":
      return ["between", "equals", "at_least", "at_most", ...ends];
    case "date":
    case "moment":
      return ["period", "between", "from", "until", ...ends];
    case "boolean":
      return ["yes", "no"];
    case "person":
      return ["in", "me", "mine_or_below", ...ends];
    case "department":
    case "link":
      return ["in", ...ends];
    default:
      return ["contains", "equals", ...ends];
  }
}

/** Values that stand ready when the comparison is chosen. */
export function initial(comparison: Comparison): string[] {
  if (comparison === "period") return ["this_month"];
  if (comparison === "from" || comparison === "until") return [today()];
  return [];
}

/** Whether the clause says something already. */
export function complete({ comparison, values }: Clause): boolean {
  if (["yes", "no", "me", "mine_or_below", "empty", "not_empty"].includes(comparison)) return true;
  if (comparison === "between") return values.length === 2 && values.every(Boolean);
  return values.length > 0 && values.every((value) => value !== "");
}
