/**
 * Conditions as rows of field, comparison and value, read from and written to formula text.
 *
 * Only what rows can say is read; every other formula stays a formula and is edited as text, so that
 * opening a condition in the builder never changes its meaning.
 */
export type Comparison =
  | "="
  | "!="
  | ">"
  | ">="
  | "<"
  | "<="
  | "in"
  | "not_in"
  | "is_empty"
  | "is_not_empty"
  | "contains"
  | "is_me"
  | "is_mine_or_below"
  | "within_days"
  | "older_than_days";

export interface Clause {
  field: string;
  comparison: Comparison;
  /** Formula text of the value: a quoted text, a number, a list, another field, or empty. */
  value: string;
}
export interface Condition {
  join: "and" | "or";
  clauses: Clause[];
}

const NAME = String.raw`(?:old\.)?[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*`;
const TEXT = String.raw`'[^'\\]*'|"[^"\\]*"`;
const VALUE = String.raw`${TEXT}|-?\d+(?:\.\d+)?|true|false|TODAY\(\)|NOW\(\)|USER\(\)|${NAME}`;
const PATTERNS: readonly [RegExp, Comparison][] = [
  [new RegExp(`^(${NAME}) in SUBORDINATES\\(\\)$`), "is_mine_or_below"],
  [new RegExp(`^(${NAME}) = USER\\(\\)$`), "is_me"],
  [new RegExp(`^not ISEMPTY\\((${NAME})\\)$`), "is_not_empty"],
  [new RegExp(`^ISEMPTY\\((${NAME})\\)$`), "is_empty"],
  [new RegExp(`^CONTAINS\\((${NAME}), ?(${TEXT})\\)$`), "contains"],
  [new RegExp(`^(${NAME}) >= DATEADD\\(TODAY\\(\\), -(\\d+), 'day'\\)$`), "within_days"],
  [new RegExp(`^(${NAME}) < DATEADD\\(TODAY\\(\\), -(\\d+), 'day'\\)$`), "older_than_days"],
  [
    new RegExp(`^(${NAME}) not in (\\[(?:${TEXT}|[\\d., ])*(?:, ?(?:${TEXT}|[\\d.]+))*\\])$`),
    "not_in",
  ],
  [new RegExp(`^(${NAME}) in (\\[(?:${TEXT}|[\\d., ])*(?:, ?(?:${TEXT}|[\\d.]+))*\\])$`), "in"],
  [new RegExp(`^(${NAME}) ?>= ?(${VALUE})$`), ">="],
  [new RegExp(`^(${NAME}) ?<= ?(${VALUE})$`), "<="],
  [new RegExp(`^(${NAME}) ?(?:!=|<>) ?(${VALUE})$`), "!="],
  [new RegExp(`^(${NAME}) ?==? ?(${VALUE})$`), "="],
  [new RegExp(`^(${NAME}) ?> ?(${VALUE})$`), ">"],
  [new RegExp(`^(${NAME}) ?< ?(${VALUE})$`), "<"],
];

/** The condition as rows, or null when it says more than rows can. */
export function readCondition(formula: string): Condition | null {
  const text = formula.trim();
  if (text === "") return { join: "and", clauses: [] };
  const parts = split(text);
  if (!parts) return null;
  const clauses = parts.clauses.map(readClause);
  if (clauses.some((clause) => clause === null)) return null;
  return { join: parts.join, clauses: clauses as Clause[] };
}

function readClause(text: string): Clause | null {
  for (const [pattern, comparison] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return { field: found[1] ?? "", comparison, value: found[2] ?? "" };
  }
  return null;
}

/** Splits at the joining words outside quotes and brackets; mixed `and` and `or` are not rows. */
function split(text: string): { join: "and" | "or"; clauses: string[] } | null {
  const clauses: string[] = [];
  const joins = new Set<string>();
  let depth = 0;
  let from = 0;
  const scanner = /'[^']*'|"[^"]*"|[([]|[)\]]|\s+(and|or)\s+/g;
  for (let found = scanner.exec(text); found; found = scanner.exec(text)) {
    const token = found[0];
    if (token === "(" || token === "[") depth += 1;
    else if (token === ")" || token === "]") depth -= 1;
    else if (found[1] && depth === 0) {
      clauses.push(text.slice(from, found.index).trim());
      joins.add(found[1]);
      from = scanner.lastIndex;
    }
  }
  clauses.push(text.slice(from).trim());
  if (joins.size > 1) return null;
  return { join: joins.has("or") ? "or" : "and", clauses };
}

export function writeCondition(condition: Condition): string {
  return condition.clauses.map(writeClause).join(` ${condition.join} `);
}

export function writeClause({ field, comparison, value }: Clause): string {
  switch (comparison) {
    case "is_empty":
      return `ISEMPTY(${field})`;
    case "is_not_empty":
      return `not ISEMPTY(${field})`;
    case "is_me":
      return `${field} = USER()`;
    case "is_mine_or_below":
      return `${field} in SUBORDINATES()`;
    case "contains":
      return `CONTAINS(${field}, ${value || "''"})`;
    case "within_days":
      return `${field} >= DATEADD(TODAY(), -${value || "7"}, 'day')`;
    case "older_than_days":
      return `${field} < DATEADD(TODAY(), -${value || "7"}, 'day')`;
    case "in":
      return `${field} in ${value || "[]"}`;
    case "not_in":
      return `${field} not in ${value || "[]"}`;
    default:
      return `${field} ${comparison} ${value || "''"}`;
  }
}

export function quoted(text: string): string {
  return text.includes("'") ? `"${text.replaceAll('"', "")}"` : `'${text}'`;
}

export function unquoted(value: string): string {
  return /^'.*'$|^".*"$/s.test(value) ? value.slice(1, -1) : value;
}

export function listItems(value: string): string[] {
  return (value.match(/'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?/g) ?? []).map(unquoted);
}

export function listOf(items: readonly string[]): string {
  return `[${items.map(quoted).join(", ")}]`;
}

/** Which comparisons make sense for a type of field. */
export function comparisonsFor(valueType: string): Comparison[] {
  switch (valueType) {
    case "number":
    case "money":
      return ["=", "!=", ">", ">=", "<", "<=", "is_empty", "is_not_empty"];
    case "date":
    case "moment":
      return ["=", ">=", "<=", "within_days", "older_than_days", "is_empty", "is_not_empty"];
    case "choice":
      return ["=", "!=", "in", "not_in", "is_empty", "is_not_empty"];
    case "choices":
      return ["is_empty", "is_not_empty"];
    case "person":
      return ["is_me", "is_mine_or_below", "=", "!=", "is_empty", "is_not_empty"];
    case "check":
    case "boolean":
      return ["="];
    case "text":
      return ["=", "!=", "contains", "is_empty", "is_not_empty"];
    default:
      return ["=", "!=", "is_empty", "is_not_empty"];
  }
}
