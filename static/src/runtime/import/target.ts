/** What a file is imported into: a form's records, or the organisation's people. */
import type { ChoiceOption } from "@/shared/types";

export interface TargetField {
  key: string;
  label: string;
  required: boolean;
  /** The choices, where the cell must be one of them. */
  options?: ChoiceOption[];
  /** Ways in which a cell can name a linked record or a person. */
  matches?: { value: string; label: string }[];
  person?: boolean;
  /** The linked form, so that a replacement can be looked up. */
  form?: string;
}

export interface Target {
  title: string;
  /** Where to post: `…/import`; the look into the file is `…/import/inspect`. */
  path: string;
  fields: TargetField[];
  app: string | null;
  /** People are recognised by username and have no rules. */
  people: boolean;
  back: string;
  done: () => void;
}

export interface Inspected {
  file: string;
  name?: string;
  /** Of a workbook; "" is its first one. */
  sheets?: string[];
  sheet?: string;
  encoding: string | null;
  separator: string | null;
  total: number;
  headers: {
    header: string;
    samples: string[];
    guess: string | null;
    values: { cell: string; count: number }[];
  }[];
}

export interface Choices {
  sheet?: string;
  columns: Record<string, string>;
  match: Record<string, string>;
  values: Record<string, Record<string, string | null>>;
  mode: "create" | "skip" | "update" | "upsert";
  key: string | null;
  run_rules: boolean;
  create_people: boolean;
}

export function initialChoices(inspected: Inspected, target: Target): Choices {
  const columns: Record<string, string> = {};
  const taken = new Set<string>();
  for (const { header, guess } of inspected.headers) {
    if (guess && !taken.has(guess) && target.fields.some((field) => field.key === guess)) {
      columns[header] = guess;
      taken.add(guess);
    }
  }
  return {
    sheet: inspected.sheet,
    columns,
    match: {},
    values: {},
    mode: target.people ? "upsert" : "create",
    key: null,
    run_rules: false,
    create_people: false,
  };
}

/** The request's body; what does not apply is left out. */
export function requestBody(file: string, choices: Choices, target: Target, dryRun: boolean) {
  const mapped = new Set(Object.values(choices.columns));
  const only = <V>(given: Record<string, V>) =>
    Object.fromEntries(Object.entries(given).filter(([key]) => mapped.has(key)));
  return {
    file,
    ...(choices.sheet ? { sheet: choices.sheet } : {}),
    columns: choices.columns,
    match: only(choices.match),
    values: only(choices.values),
    mode: choices.mode,
    ...(choices.mode !== "create" && choices.key ? { key: choices.key } : {}),
    run_rules: choices.run_rules,
    dry_run: dryRun,
    ...(target.people ? {} : { create_people: choices.create_people }),
  };
}
