/** The form designer's state and its commands: what mouse, touch, keyboard and menus all call. */
import { createContext, useContext, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";

import { copyText } from "@/shared/clipboard";
import { localized } from "@/shared/i18n";
import { toast, undoable } from "@/shared/ui/toast";

import { idOf, type Body, type Field, type Form, type LayoutItem } from "../core/definitions";
import {
  clipboardText,
  copies,
  layoutOf,
  pastedFields,
  uniqueKey,
  withFieldDuplicated,
  withFieldMoved,
  withFieldOption,
  withFieldRenamed,
  withFields,
  withLayout,
  withoutFields,
  type NewField,
} from "../core/form";
import type { Json } from "../core/json";
import { lastPlace, nudged, placeBelow, placeOf, withItem, type Place } from "../core/layout";
import { reworded, useDocuments, useSession, words, type Session } from "../session";
import { t } from "../texts";
import { initialField } from "./initial";

export type Selection =
  { kind: "field"; key: string } | { kind: "item"; index: number; tab?: number } | null;

export interface FormEditor {
  session: Session;
  id: string;
  form: Form;
  layout: LayoutItem[];
  selection: Selection;
  selected: string | null;
  select: (selection: Selection) => void;
  naming: string | null;
  add: (type: string, place?: Place | null) => void;
  addNames: (names: readonly string[], place?: Place | null) => Promise<void>;
  startNaming: (key: string) => void;
  name: (key: string, label: string) => void;
  stopNaming: () => void;
  move: (key: string, place: Place) => void;
  nudge: (key: string, direction: "up" | "down" | "left" | "right") => void;
  duplicate: (key: string) => void;
  remove: (key: string) => void;
  setOption: (
    key: string,
    path: readonly string[],
    value: Json | undefined,
    merge?: string,
  ) => void;
  setForm: (change: (form: Form) => Form, merge?: string) => void;
  setLayout: (change: (layout: LayoutItem[]) => LayoutItem[], merge?: string) => void;
  addItem: (kind: "section" | "tabs", index?: number) => void;
  copy: (key: string, cut: boolean) => Promise<void>;
  paste: (text: string) => Promise<void>;
  focusField: (key: string) => void;
}

const Context = createContext<FormEditor | null>(null);
export const FormEditorProvider = Context.Provider;

export function useFormEditor(): FormEditor {
  const editor = useContext(Context);
  if (!editor) throw new Error("The form editor is missing above this component.");
  return editor;
}

const Latest = createContext<{ current: FormEditor } | null>(null);
export const LatestEditorProvider = Latest.Provider;

/** The editor as of the event that asks; reading it does not redraw a field when something else changes. */
export function useLatestEditor(): { readonly current: FormEditor } {
  const latest = useContext(Latest);
  if (!latest) throw new Error("The form editor is missing above this component.");
  return latest;
}

export function labelOf(form: Form, key: string): string {
  return words(form.fields[key]?.label, key);
}

/** The form with a record title, once there is a field that can be one. */
function withTitle(form: Form): Form {
  if (form.title || !form.fields) return form;
  const named = Object.entries(form.fields).find(
    ([, field]) => field.type === "text" || field.type === "serial",
  );
  return named ? { ...form, title: `{{${named[0]}}}` } : form;
}

export function useFormEditorState(formKey: string): FormEditor | null {
  const session = useSession();
  const documents = useDocuments();
  const id = idOf("form", formKey);
  const form = documents[id] as Form | undefined;
  const [selection, select] = useState<Selection>(null);
  const [naming, setNaming] = useState<string | null>(null);
  const latest = useRef({ selection });
  latest.current = { selection };

  const layout = useMemo(() => (form ? layoutOf(form) : []), [form]);
  if (!form) return null;

  const run = (
    name: string,
    label: string,
    change: (form: Form) => Form,
    merge: string | null = null,
  ) => session.workspace.run(id, { name, label, run: (body: Body) => change(body as Form) }, merge);
  const current = (): Form => session.workspace.get(id) as Form;
  const selected = selection?.kind === "field" && form.fields[selection.key] ? selection.key : null;
  const keyOfSelection = (): string | null =>
    latest.current.selection?.kind === "field" ? latest.current.selection.key : null;
  const typeName = (type: string): string => localized(session.fieldType(type)?.label) || type;

  // At once, so that a key pressed straight after finds the field and not the empty page.
  const focusField = (key: string) => {
    const focused = (): boolean => {
      const hit = document.querySelector<HTMLElement>(`[data-field="${key}"] .field-hit`);
      hit?.focus();
      return hit !== null;
    };
    flushSync(() => undefined);
    if (!focused()) requestAnimationFrame(focused);
  };

  const put = (added: NewField[], place: Place | null | undefined, label: string) => {
    run("add_field", label, (before) => {
      const base = layoutOf(before);
      const chosen = keyOfSelection();
      const target =
        place ?? (chosen && placeOf(base, chosen) ? placeBelow(base, chosen) : lastPlace(base));
      return withTitle(withFields(before, added, target));
    });
  };

  const editor: FormEditor = {
    session,
    id,
    form,
    layout,
    selection,
    selected,
    select,
    naming,
    focusField,

    add: (type, place) => {
      const info = session.fieldType(type);
      if (!info) return;
      const field = initialField(session, current(), info, typeName(type));
      if ("missing" in field && typeof field.missing === "string") {
        toast(field.missing, { kind: "error" });
        return;
      }
      const key = uniqueKey(type === "text" ? "text_1" : type, Object.keys(current().fields));
      session.unnamed.add(`${formKey}/${key}`);
      // Shown at once, so that the name can be typed straight after the drop.
      flushSync(() => {
        put([{ key, field: field as Field }], place, t("form.stepAdd", { type: typeName(type) }));
        select({ kind: "field", key });
        setNaming(key);
      });
    },

    addNames: async (names, place) => {
      const used = new Set(Object.keys(current().fields));
      const added: NewField[] = [];
      const wanted = await Promise.all(
        names.map((name, index) => session.key(name, [], `field_${index + 1}`)),
      );
      names.forEach((name, index) => {
        const key = uniqueKey(wanted[index] ?? "field", used);
        used.add(key);
        added.push({ key, field: { type: "text", label: name } });
      });
      put(added, place, t("form.stepAddMany", { n: added.length }));
      const last = added.at(-1);
      if (last) {
        select({ kind: "field", key: last.key });
        focusField(last.key);
      }
    },

    startNaming: (key) => {
      select({ kind: "field", key });
      setNaming(key);
    },
    stopNaming: () => setNaming(null),
    name: (key, text) => {
      const label = text.trim().slice(0, 80);
      setNaming((now) => (now === key ? null : now));
      const before = current().fields[key];
      if (!before || !label || label === words(before.label)) return;
      const step = t("form.stepRename", { name: label });
      const merge = `name:${key}`;
      run(
        "rename_field",
        step,
        (body) => withFieldOption(body, key, ["label"], reworded(before.label, label)),
        merge,
      );
      const mark = `${formKey}/${key}`;
      if (!session.unnamed.delete(mark)) {
        session.workspace.seal(id);
        return;
      }
      // A new field takes the key that its first name proposes; nothing refers to it yet.
      const taken = Object.keys(current().fields).filter((other) => other !== key);
      void session.key(label, taken, key).then((wanted) => {
        if (wanted === key || !current().fields[key]) return;
        const free = uniqueKey(wanted, Object.keys(current().fields));
        const isFocused = Boolean(document.activeElement?.closest(`[data-field="${key}"]`));
        run("rename_field", step, (body) => withFieldRenamed(body, key, free), merge);
        session.workspace.seal(id);
        select((now) =>
          now?.kind === "field" && now.key === key ? { kind: "field", key: free } : now,
        );
        setNaming((now) => (now === key ? free : now));
        if (isFocused) focusField(free);
      });
    },

    move: (key, place) => {
      run("move_field", t("form.stepMove", { name: labelOf(current(), key) }), (body) =>
        withFieldMoved(body, key, place),
      );
      select({ kind: "field", key });
    },
    nudge: (key, direction) => {
      run("move_field", t("form.stepMove", { name: labelOf(current(), key) }), (body) => {
        const before = layoutOf(body);
        const next = nudged(before, key, direction);
        const place = placeOf(next, key);
        if (next === before || !place) return body;
        return withLayout(body, next);
      });
      focusField(key);
    },
    duplicate: (key) => {
      const copy = withFieldDuplicated(current(), key);
      if (!copy) return;
      run(
        "duplicate_field",
        t("form.stepDuplicate", { name: labelOf(current(), key) }),
        () => copy.form,
      );
      select({ kind: "field", key: copy.key });
      focusField(copy.key);
    },
    remove: (key) => {
      const name = labelOf(current(), key);
      const order = Object.keys(current().fields);
      const next = order[order.indexOf(key) + 1] ?? order[order.indexOf(key) - 1] ?? null;
      run("delete_field", t("form.stepDelete", { name }), (body) => withoutFields(body, [key]));
      select(next ? { kind: "field", key: next } : null);
      if (next) focusField(next);
      undoable(t("form.deleted", { name }), () => session.workspace.undo(id));
    },

    setOption: (key, path, value, merge) => {
      run(
        "change_field",
        t("form.stepChange", { name: labelOf(current(), key) }),
        (body) => withFieldOption(body, key, path, value),
        merge ? `${key}:${merge}` : null,
      );
    },
    setForm: (change, merge) => run("change_form", t("form.stepForm"), change, merge ?? null),
    setLayout: (change, merge) =>
      run(
        "change_layout",
        t("form.stepLayout"),
        (body) => withLayout(body, change(layoutOf(body))),
        merge ?? null,
      ),
    addItem: (kind, index) => {
      const item: LayoutItem =
        kind === "section"
          ? { section: t("form.section"), rows: [] }
          : {
              tabs: [1, 2].map((number) => ({ label: t("form.newTab", { n: number }), rows: [] })),
            };
      const at = index ?? layoutOf(current()).length;
      run("change_layout", t("form.stepLayout"), (body) =>
        withLayout(body, withItem(layoutOf(body), item, at)),
      );
      select({ kind: "item", index: at });
    },

    copy: async (key, cut) => {
      await copyText(clipboardText(current(), [key]));
      if (cut) editor.remove(key);
      else toast(t("form.copied", { n: 1 }), { seconds: 2 });
    },
    paste: async (text) => {
      const pasted = pastedFields(text);
      if (!pasted) return;
      if ("names" in pasted) await editor.addNames(pasted.names);
      else {
        const added = copies(current(), pasted.fields);
        put(added, null, t("form.stepAddMany", { n: added.length }));
        const last = added.at(-1);
        if (last) {
          select({ kind: "field", key: last.key });
          focusField(last.key);
        }
      }
    },
  };
  return editor;
}
