/** What a form does while it is filled in: defaults, computed fields, behaviour and checks, by the formula interpreter. */
import { evaluate, type Env, type Tree as FormulaTree } from "@/formulas/evaluate";
import { getTimezone } from "@/shared/format";
import type { FieldInfo, FormInfo, Person, Tree, Value } from "@/shared/types";
import { isEmpty } from "@/widgets/registry";

export type Values = Record<string, Value>;

/** What formulas see beside the record: who fills it in, and fields of the linked records. */
export interface Around {
  person: Person | null;
  /** By path: `"customer.level"`. */
  links: Readonly<Record<string, Value>>;
}

export interface Outcome {
  hidden: ReadonlySet<string>;
  required: ReadonlySet<string>;
  readOnly: ReadonlySet<string>;
}

function environment(values: Values, { person, links }: Around): Env {
  return {
    values,
    links,
    now: new Date(),
    zone: getTimezone(),
    actor: {
      id: person?.id ?? null,
      username: person?.username ?? null,
      name: person?.name ?? null,
      department: person?.department?.id ?? null,
    },
    people: person ? { [person.username]: person.id } : {},
  };
}

/** The value, or undefined when the browser cannot know it (then the server's counts). */
function result(tree: Tree, env: Env): Value {
  try {
    return evaluate(tree as unknown as FormulaTree, env) as Value;
  } catch {
    return undefined;
  }
}

/** The paths through links that the form's formulas read, `["customer", "level"]`. */
export function linkPaths(form: FormInfo): string[][] {
  const found = new Map<string, string[]>();
  const walk = (tree: Tree | null | undefined): void => {
    if (!tree || typeof tree !== "object" || Array.isArray(tree)) return;
    const path = Array.isArray(tree.name) ? (tree.name as string[]) : [];
    if (path.length > 1) found.set(path.join("."), path);
    if (Array.isArray(tree.args)) tree.args.forEach((arg) => walk(arg));
  };
  for (const field of form.fields) {
    walk(field.default);
    walk(field.formula);
    const path = lookupPath(field);
    if (path) found.set(path.join("."), path);
  }
  for (const rule of form.behaviour ?? []) walk(rule.when);
  for (const check of form.checks ?? []) walk(check.that);
  return [...found.values()];
}

/** What a lookup shows, `["customer", "industry"]`. */
function lookupPath({ options }: FieldInfo): [string, string] | null {
  const { link, field } = options;
  return typeof link === "string" && typeof field === "string" ? [link, field] : null;
}

/** A default that names the person is shown with the name, not with the id. */
function named(value: Value, person: Person | null): Value {
  return person && value === person.id ? { id: person.id, name: person.name } : value;
}

export function defaults(form: FormInfo, given: Values, around: Around): Values {
  const values: Values = { ...given };
  for (const field of form.fields) {
    if (field.default == null || field.computed || !isEmpty(values[field.key])) continue;
    const value = result(field.default, environment(values, around));
    if (value === undefined) continue;
    values[field.key] = field.value_type === "person" ? named(value, around.person) : value;
  }
  return values;
}

/** The values with the computed fields filled in; formulas over formulas settle in a few rounds. */
export function computed(form: FormInfo, values: Values, around: Around): Values {
  const formulas = form.fields.filter((field) => field.formula != null);
  const settled: Values = { ...values };
  for (const field of form.fields) {
    const path = lookupPath(field);
    if (path) settled[field.key] = around.links[path.join(".")];
  }
  for (let round = 0; round < formulas.length; round += 1) {
    let changed = false;
    for (const field of formulas) {
      const next = result(field.formula as Tree, environment(settled, around));
      if (next === undefined) continue;
      if (JSON.stringify(next) !== JSON.stringify(settled[field.key] ?? null)) {
        settled[field.key] = next;
        changed = true;
      }
    }
    if (!changed) break;
  }
  return settled;
}

export function behaviour(form: FormInfo, values: Values, around: Around): Outcome {
  const hidden = new Set<string>();
  const required = new Set(form.fields.filter((field) => field.required).map((field) => field.key));
  const readOnly = new Set(
    form.fields.filter((field) => field.read_only).map((field) => field.key),
  );
  const rules = form.behaviour ?? [];
  // A field that some rule shows is hidden until one of those rules is met.
  for (const rule of rules) for (const key of rule.show ?? []) hidden.add(key);
  const env = environment(values, around);
  const met = rules.filter((rule) => result(rule.when, env) === true);
  for (const rule of met) for (const key of rule.show ?? []) hidden.delete(key);
  for (const rule of met) {
    for (const key of rule.hide ?? []) hidden.add(key);
    for (const key of rule.require ?? []) required.add(key);
    for (const key of rule.read_only ?? []) readOnly.add(key);
  }
  return { hidden, required, readOnly };
}

/** Messages of the checks that fail; only false fails, empty does not. */
export function failures(
  form: FormInfo,
  values: Values,
  around: Around,
): { at: string | null; message: string }[] {
  const env = environment(values, around);
  return (form.checks ?? [])
    .filter((check) => result(check.that, env) === false)
    .map((check) => ({ at: check.at ?? null, message: check.message }));
}
