/** Row rules in words: the presets an administrator picks, and the formula each stands for. */
import { plain } from "./json";

export type Preset = "all" | "none" | "own" | "own_and_below" | "department" | "custom";

export interface RowRule {
  preset: Preset;
  /** The person or department field the rule looks at. */
  field: string | null;
  formula: string;
}

export function formulaOf(preset: Preset, field: string | null): string {
  switch (preset) {
    case "all":
      return "true";
    case "none":
      return "false";
    case "own":
      return `${field ?? "created_by"} = USER()`;
    case "own_and_below":
      return `${field ?? "created_by"} = USER() or ${field ?? "created_by"} in SUBORDINATES()`;
    case "department":
      return `${field ?? "department"} in DEPARTMENTS()`;
    case "custom":
      return "";
  }
}

export function readRowRule(value: unknown): RowRule {
  if (value === undefined || value === false || value === "false")
    return { preset: "none", field: null, formula: "false" };
  if (value === true || value === "true") return { preset: "all", field: null, formula: "true" };
  const formula = plain(value);
  const own = /^([a-z][a-z0-9_]*) = USER\(\)$/.exec(formula);
  if (own) return { preset: "own", field: own[1] ?? null, formula };
  const below = /^([a-z][a-z0-9_]*) = USER\(\) or ([a-z][a-z0-9_]*) in SUBORDINATES\(\)$/.exec(
    formula,
  );
  if (below && below[1] === below[2])
    return { preset: "own_and_below", field: below[1] ?? null, formula };
  const department = /^([a-z][a-z0-9_]*) in DEPARTMENTS\(\)$/.exec(formula);
  if (department) return { preset: "department", field: department[1] ?? null, formula };
  return { preset: "custom", field: null, formula };
}

/** The rule as it stands in a role: true and false stay booleans where the formula is one. */
export function writtenRule(
  preset: Preset,
  field: string | null,
  custom: string,
): string | boolean {
  if (preset === "all") return true;
  if (preset === "none") return false;
  return preset === "custom" ? custom : formulaOf(preset, field);
}
