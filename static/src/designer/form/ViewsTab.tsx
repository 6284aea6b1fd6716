/** Views of the list: tables and kanban boards, each drawn from its schema. */
import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import { toast } from "@/shared/ui/toast";
import type { Problem } from "@/shared/types";

import type { Form } from "../core/definitions";
import { uniqueKey } from "../core/form";
import { plain, withValue, type JsonObject } from "../core/json";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { useFields } from "../parts/schema/context";
import { words } from "../session";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { ListEntry } from "./ListEntry";
import { partSchema, variant } from "./parts";

export function ViewsTab({ problems }: { problems: readonly (Problem & { inner: string })[] }) {
  const editor = useFormEditor();
  const fields = useFields(editor.form.key);
  const [added, setAdded] = useState<string | null>(null);
  const views = (editor.form.views as Record<string, JsonObject> | undefined) ?? {};
  const schema = partSchema(editor.session, "views").additionalProperties;
  const put = (next: Record<string, JsonObject>, merge?: string) =>
    editor.setForm((form) => {
      if (Object.keys(next).length) return { ...form, views: next };
      const { views: _views, ...rest } = form;
      return rest;
    }, merge);
  const columns = fields.filter(({ field }) => field.type !== "long_text").map(({ key }) => key);
  const addTable = () => {
    const key = uniqueKey(Object.keys(views).length ? "view" : "all", Object.keys(views));
    setAdded(key);
    put({ ...views, [key]: { type: "table", label: t("form.all"), columns: columns.slice(0, 8) } });
  };
  const addKanban = () => {
    const by = fields.find(({ field }) => field.type === "choice");
    if (!by) {
      toast(t("form.kanbanNeedsChoice"), { kind: "error" });
      return;
    }
    const key = uniqueKey("board", Object.keys(views));
    setAdded(key);
    put({
      ...views,
      [key]: {
        type: "kanban",
        label: t("form.viewKanban"),
        by: by.key,
        card: columns.filter((one) => one !== by.key).slice(0, 3),
      },
    });
  };
  return (
    <div className="form-page">
      <section className="panel">
        <h2>{t("form.views")}</h2>
        <p className="muted">{t("form.viewsText")}</p>
        {Object.entries(views).map(([key, view], index) => (
          <ListEntry
            key={key}
            icon={view.type === "kanban" ? "kanban" : "table"}
            title={words(view.label, key)}
            text={described(view, editor.form)}
            open={Object.keys(views).length === 1 || added === key}
            wrong={problems.some(({ inner }) => inner.startsWith(`/views/${key}/`))}
            isFirst={index === 0}
            onUp={() => {
              const entries = Object.entries(views);
              const [entry] = entries.splice(index, 1);
              if (entry) entries.splice(index - 1, 0, entry);
              put(Object.fromEntries(entries));
            }}
            onRemove={() => {
              const { [key]: _gone, ...rest } = views;
              put(rest);
            }}
          >
            <SchemaForm
              schema={variant(typeof schema === "object" ? schema : {}, plain(view.type))}
              value={view}
              without={["type", "icon"]}
              path={["views", key]}
              problems={problems
                .filter(({ inner }) => inner.startsWith(`/views/${key}/`))
                .map((problem) => ({
                  ...problem,
                  inner: problem.inner.slice(`/views/${key}`.length),
                }))}
              onChange={(path, value, merge) =>
                put({ ...views, [key]: withValue(view, path, value) }, merge)
              }
            />
          </ListEntry>
        ))}
        <div className="row">
          <Button icon="table" onClick={addTable}>
            {t("form.addTable")}
          </Button>
          <Button icon="kanban" onClick={addKanban}>
            {t("form.addKanban")}
          </Button>
        </div>
      </section>
    </div>
  );
}

/** What a closed view shows: its kind and its columns by their labels. */
function described(view: JsonObject, form: Form): string {
  const shown = (view.columns ?? view.card ?? []) as string[];
  const kind = view.type === "kanban" ? t("form.viewKanban") : t("form.viewTable");
  return [kind, shown.map((key) => words(form.fields[key]?.label, key)).join("、")]
    .filter(Boolean)
    .join(" · ");
}
