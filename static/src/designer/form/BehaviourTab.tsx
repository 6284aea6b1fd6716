/** Behaviour, checks and combinations that must be unique. */
import { useState } from "react";

import { localized } from "@/shared/i18n";
import { Button, IconButton } from "@/shared/ui/Button";
import { SelectMany } from "@/shared/ui/Select";

import type { Schema } from "../api";
import { plain, withValue, type Json, type JsonObject } from "../core/json";
import type { Form } from "../core/definitions";
import { conditionWords } from "../parts/words";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { useFields } from "../parts/schema/context";
import { useDocuments, words } from "../session";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { ListEntry } from "./ListEntry";
import { partSchema, within, type Problems } from "./parts";

export function BehaviourTab({ problems }: { problems: Problems }) {
  const { form } = useFormEditor();
  const first = useFields(form.key)[0];
  const condition = first ? `ISEMPTY(${first.key})` : "true";
  return (
    <div className="form-page">
      <List
        part="behaviour"
        title={t("form.behaviour")}
        text={t("form.behaviourText")}
        add={t("form.addBehaviour")}
        initial={{ when: condition }}
        problems={problems}
      />
      <List
        part="checks"
        title={t("form.checks")}
        text={t("form.checksText")}
        add={t("form.addCheck")}
        initial={{
          that: first ? `not ISEMPTY(${first.key})` : "true",
          message: t("form.checkMessage"),
        }}
        problems={problems}
      />
      <Unique />
    </div>
  );
}

interface ListProps {
  part: "behaviour" | "checks";
  title: string;
  text: string;
  add: string;
  initial: JsonObject;
  problems: Problems;
}

function List({ part, title, text, add, initial, problems }: ListProps) {
  const editor = useFormEditor();
  const documents = useDocuments();
  const [added, setAdded] = useState<number | null>(null);
  const items = (editor.form[part] as JsonObject[] | undefined) ?? [];
  const put = (next: JsonObject[], merge?: string) =>
    editor.setForm(
      (form): Form =>
        next.length
          ? { ...form, [part]: next }
          : (withValue(form as unknown as Json, [part], undefined) as unknown as Form),
      merge,
    );
  const schema = partSchema(editor.session, part).items ?? {};
  const condition = (item: JsonObject) =>
    conditionWords(plain(item.when ?? item.that), documents, editor.form.key);
  return (
    <section className="panel">
      <h2>{title}</h2>
      <p className="muted">{text}</p>
      {items.map((item, index) => (
        <ListEntry
          key={index}
          title={
            part === "behaviour"
              ? t("form.whenIs", { condition: condition(item) })
              : condition(item)
          }
          text={part === "behaviour" ? effects(item, schema, editor.form) : words(item.message)}
          open={items.length === 1 || added === index}
          wrong={within(problems, `/${part}/${index}`).length > 0}
          onRemove={() => put(items.filter((_item, at) => at !== index))}
        >
          <SchemaForm
            schema={schema}
            value={item}
            problems={within(problems, `/${part}/${index}`)}
            path={[part, String(index)]}
            onChange={(path, value, merge) =>
              put(
                items.map((other, at) => (at === index ? withValue(other, path, value) : other)),
                merge,
              )
            }
          />
        </ListEntry>
      ))}
      <Button
        icon="add"
        onClick={() => {
          setAdded(items.length);
          put([...items, initial]);
        }}
      >
        {add}
      </Button>
    </section>
  );
}

/** "显示 输单原因；必填 输单原因": what happens to which fields, in the words of the schema. */
function effects(item: JsonObject, schema: Schema, form: Form): string {
  return Object.entries(item)
    .filter(([, value]) => Array.isArray(value) && value.length > 0)
    .map(([name, value]) => {
      const keys = (value as Json[]).map((key) =>
        words(form.fields[plain(key)]?.label, plain(key)),
      );
      return `${localized(schema.properties?.[name]?.["x-label"]) || name} ${keys.join("、")}`;
    })
    .join(" · ");
}

function Unique() {
  const editor = useFormEditor();
  const fields = useFields(editor.form.key);
  const sets = (editor.form.unique as string[][] | undefined) ?? [];
  const put = (next: string[][]) =>
    editor.setForm((form): Form =>
      next.length
        ? { ...form, unique: next }
        : (withValue(form as unknown as Json, ["unique"], undefined) as unknown as Form),
    );
  return (
    <section className="panel">
      <h2>{t("form.unique")}</h2>
      <p className="muted">{t("form.uniqueText")}</p>
      {sets.map((set, index) => (
        <div key={index} className="set-row">
          <SelectMany
            aria-label={t("form.unique")}
            value={set}
            options={fields.map((choice) => ({ value: choice.key, label: choice.label }))}
            onChange={(next) =>
              next.length && put(sets.map((other, at) => (at === index ? next : other)))
            }
          />
          <IconButton
            icon="trash"
            size="small"
            label={t("common.remove")}
            onClick={() => put(sets.filter((_set, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        icon="add"
        disabled={fields.length === 0}
        onClick={() => fields[0] && put([...sets, [fields[0].key]])}
      >
        {t("form.addUnique")}
      </Button>
    </section>
  );
}
