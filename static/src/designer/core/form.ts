/** What can be done to a form: the commands shared by the mouse, the keyboard and the menus. */
import type { Body, Field, Form, LayoutItem } from "./definitions";
import type { Json } from "./json";
import { isObject, withRenamedKey, withValue } from "./json";
import {
  completed,
  fieldsIn,
  placed,
  placeBelow,
  placeOf,
  renamed,
  without,
  type Place,
} from "./layout";

export interface NewField {
  key: string;
  field: Field;
}

export function asForm(body: Body): Form {
  return body as Form;
}

export function layoutOf(form: Form): LayoutItem[] {
  return completed(form.layout, Object.keys(form.fields ?? {}));
}

export function withLayout(form: Form, layout: readonly LayoutItem[]): Form {
  return { ...form, layout: layout as unknown as LayoutItem[] & Json };
}

/** Adds fields one below the other, the first at the place; they stand in the same order in `fields`. */
export function withFields(form: Form, added: readonly NewField[], place: Place): Form {
  let layout: LayoutItem[] = layoutOf(form);
  let next = place;
  for (const { key } of added) {
    layout = placed(layout, key, next);
    next = placeBelow(layout, key);
  }
  const fields = added.reduce<Record<string, Field>>(
    (all, { key, field }) => ({ ...all, [key]: field }),
    { ...form.fields },
  );
  return withLayout({ ...form, fields: ordered(fields, layout) }, layout);
}

/** The members of `fields` in the order in which they stand on the form: lists and imports follow it. */
function ordered(
  fields: Record<string, Field>,
  layout: readonly LayoutItem[],
): Record<string, Field> {
  const order = fieldsIn(layout);
  const rest = Object.keys(fields).filter((key) => !order.includes(key));
  return Object.fromEntries(
    [...order, ...rest].flatMap((key) => (fields[key] ? [[key, fields[key]] as const] : [])),
  );
}

export function withFieldMoved(form: Form, key: string, place: Place): Form {
  const layout = placed(layoutOf(form), key, place);
  return withLayout({ ...form, fields: ordered(form.fields, layout) }, layout);
}

export function withoutFields(form: Form, keys: readonly string[]): Form {
  const layout = keys.reduce<LayoutItem[]>((current, key) => without(current, key), layoutOf(form));
  const fields = Object.fromEntries(
    Object.entries(form.fields).filter(([key]) => !keys.includes(key)),
  );
  return withLayout({ ...form, fields }, layout);
}

export function withFieldOption(
  form: Form,
  key: string,
  path: readonly string[],
  value: Json | undefined,
): Form {
  const field = form.fields[key];
  if (!field) return form;
  return { ...form, fields: { ...form.fields, [key]: withValue(field, path, value) } };
}

/** Renames the key of a field everywhere in its own form; formulas keep their words apart from it. */
export function withFieldRenamed(form: Form, from: string, to: string): Form {
  if (from === to || !form.fields[from] || form.fields[to]) return form;
  const { fields, layout: _layout, ...rest } = form;
  const others = replaceName(rest, from, to) as unknown as Form;
  const renamedFields = withRenamedKey(fields, from, to);
  return withLayout(
    {
      ...others,
      fields: Object.fromEntries(
        Object.entries(renamedFields).map(([key, field]) => [
          key,
          replaceFormulas(field, from, to) as Field,
        ]),
      ),
    },
    renamed(layoutOf(form), from, to),
  );
}

const FORMULAS = new Set(["formula", "when", "that", "where", "default"]);

function replaceFormulas(value: Json, from: string, to: string): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      FORMULAS.has(key) && typeof member === "string" ? renameInFormula(member, from, to) : member,
    ]),
  );
}

function replaceName(value: Json, from: string, to: string): Json {
  if (Array.isArray(value))
    return value.map((item) => {
      if (item === from) return to;
      if (item === `-${from}`) return `-${to}`;
      return replaceName(item, from, to);
    });
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      if (typeof member !== "string") return [key, replaceName(member, from, to)];
      if (FORMULAS.has(key)) return [key, renameInFormula(member, from, to)];
      if (key === "title") return [key, member.replaceAll(`{{${from}}}`, `{{${to}}}`)];
      return [
        key,
        (key === "by" || key === "at" || key === "date") && member === from ? to : member,
      ];
    }),
  );
}

/** The formula with one field's key replaced, outside texts in quotes and not behind a dot. */
export function renameInFormula(formula: string, from: string, to: string): string {
  return formula.replace(/'[^']*'|"[^"]*"|[\w.]+/g, (word) => {
    if (word.startsWith("'") || word.startsWith('"')) return word;
    const [head, ...path] = word.split(".");
    return head === from ? [to, ...path].join(".") : word;
  });
}

export function uniqueKey(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  const stem = wanted.replace(/_\d+$/, "").slice(0, 36);
  for (let number = 2; ; number += 1)
    if (!used.has(`${stem}_${number}`)) return `${stem}_${number}`;
}

/** Copies of fields under free keys, as they are put on the clipboard and taken from it. */
export function copies(form: Form, taken: readonly NewField[]): NewField[] {
  const used = new Set(Object.keys(form.fields));
  return taken.map(({ key, field }) => {
    const free = uniqueKey(key, used);
    used.add(free);
    return { key: free, field };
  });
}

export function withFieldDuplicated(form: Form, key: string): { form: Form; key: string } | null {
  const field = form.fields[key];
  if (!field || !placeOf(layoutOf(form), key)) return null;
  const [copy] = copies(form, [{ key, field }]);
  if (!copy) return null;
  return { form: withFields(form, [copy], placeBelow(layoutOf(form), key)), key: copy.key };
}

const CLIPBOARD_MARK = "mortise/fields";

export function clipboardText(form: Form, keys: readonly string[]): string {
  const fields = keys.flatMap((key) =>
    form.fields[key] ? [{ key, field: form.fields[key] }] : [],
  );
  return JSON.stringify({ [CLIPBOARD_MARK]: fields }, null, 1);
}

/** What a pasted text means on the canvas: copied fields, or one new field for each line. */
export function pastedFields(text: string): { fields: NewField[] } | { names: string[] } | null {
  try {
    const value = JSON.parse(text) as unknown;
    if (isObject(value) && Array.isArray(value[CLIPBOARD_MARK]))
      return { fields: value[CLIPBOARD_MARK] as unknown as NewField[] };
  } catch {
    // Not JSON: a column, or a header row, of names from a spreadsheet.
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim());
  const cells =
    lines.length === 1
      ? (lines[0] ?? "").split("\t")
      : lines.map((line) => line.split("\t")[0] ?? "");
  const names = cells.map((cell) => cell.trim().slice(0, 80)).filter(Boolean);
  return names.length ? { names: [...new Set(names)].slice(0, 300) } : null;
}
