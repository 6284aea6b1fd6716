/** The record page: the facts in its head and the related records below it. */
import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";

import type { Form } from "../core/definitions";
import { plain, withValue, type JsonObject } from "../core/json";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { useBodies, words } from "../session";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { ListEntry } from "./ListEntry";
import { partSchema, within, type Problems } from "./parts";

export function PageTab({ problems }: { problems: Problems }) {
  const editor = useFormEditor();
  const page = (editor.form.page as JsonObject | undefined) ?? {};
  const put = (next: JsonObject, merge?: string) =>
    editor.setForm((form) => ({ ...form, page: next }), merge);
  const schema = partSchema(editor.session, "page");
  const related = (page.related as JsonObject[] | undefined) ?? [];
  const [added, setAdded] = useState<number | null>(null);
  const forms = useBodies("form") as Form[];
  const relatedTitle = (one: JsonObject): string => {
    const form = forms.find((other) => other.key === one.form);
    return words(one.label) || words(form?.label, plain(one.form));
  };
  // Whoever links here can be listed here.
  const candidates = forms.flatMap((form) =>
    Object.entries(form.fields ?? {})
      .filter(([, field]) => field.type === "link" && field.form === editor.form.key)
      .map(([key, field]) => ({
        form: form.key,
        link: key,
        label: `${words(form.label, form.key)} · ${words(field.label, key)}`,
      })),
  );
  const free = candidates.filter(
    (one) => !related.some((other) => other.form === one.form && other.link === one.link),
  );
  return (
    <div className="form-page">
      <section className="panel">
        <h2>{t("form.page")}</h2>
        <p className="muted">{t("form.pageText")}</p>
        <SchemaForm
          schema={schema}
          value={page}
          without={["related"]}
          path={["page"]}
          problems={within(problems, "/page")}
          onChange={(path, value, merge) => put(withValue(page, path, value), merge)}
        />
        <h3>{t("form.related")}</h3>
        {related.map((one, index) => (
          <ListEntry
            key={index}
            icon="link"
            title={relatedTitle(one)}
            open={added === index}
            wrong={within(problems, `/page/related/${index}`).length > 0}
            isFirst={index === 0}
            onUp={() => {
              const next = [...related];
              next.splice(index - 1, 0, ...next.splice(index, 1));
              put({ ...page, related: next });
            }}
            onRemove={() => put({ ...page, related: related.filter((_one, at) => at !== index) })}
          >
            <SchemaForm
              schema={schema.properties?.related?.items ?? {}}
              value={one}
              path={["page", "related", String(index)]}
              problems={within(problems, `/page/related/${index}`)}
              onChange={(path, value, merge) =>
                put(
                  {
                    ...page,
                    related: related.map((other, at) =>
                      at === index ? withValue(other, path, value) : other,
                    ),
                  },
                  merge,
                )
              }
            />
          </ListEntry>
        ))}
        <Menu
          items={free.map((one) => ({
            key: `${one.form}.${one.link}`,
            label: one.label,
            run: () => {
              setAdded(related.length);
              put({ ...page, related: [...related, { form: one.form, link: one.link }] });
            },
          }))}
        >
          <Button icon="add" disabled={free.length === 0}>
            {candidates.length ? t("form.addRelated") : t("form.noRelated")}
          </Button>
        </Menu>
      </section>
    </div>
  );
}
