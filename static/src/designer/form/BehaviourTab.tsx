/** Behaviour, checks and combinations that must be unique. */
import { Button, IconButton } from "@/shared/ui/Button";
import { SelectMany } from "@/shared/ui/Select";
import type { Problem } from "@/shared/types";

import { withValue, type Json, type JsonObject } from "../core/json";
import type { Form } from "../core/definitions";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { useFields } from "../parts/schema/context";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { partSchema } from "./parts";

type Problems = readonly (Problem & { inner: string })[];

function below(problems: Problems, prefix: string): (Problem & { inner: string })[] {
  return problems
    .filter(({ inner }) => inner === prefix || inner.startsWith(`${prefix}/`))
    .map((problem) => ({ ...problem, inner: problem.inner.slice(prefix.length) }));
}

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
  return (
    <section className="panel">
      <h2>{title}</h2>
      <p className="muted">{text}</p>
      {items.map((item, index) => (
        <div key={index} className="list-entry">
          <SchemaForm
            schema={schema}
            value={item}
            problems={below(problems, `/${part}/${index}`)}
            path={[part, String(index)]}
            onChange={(path, value, merge) =>
              put(
                items.map((other, at) => (at === index ? withValue(other, path, value) : other)),
                merge,
              )
            }
          />
          <IconButton
            icon="trash"
            size="small"
            label={t("common.remove")}
            onClick={() => put(items.filter((_item, at) => at !== index))}
          />
        </div>
      ))}
      <Button icon="add" onClick={() => put([...items, initial])}>
        {add}
      </Button>
    </section>
  );
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
        <div key={index} className="row list-entry">
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
