/** The record page (facts, related records) and the public form, drawn from their schemas. */
import { Button, IconButton } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";
import { Switch } from "@/shared/ui/Switch";
import type { Problem } from "@/shared/types";

import type { Form } from "../core/definitions";
import { withValue, type JsonObject } from "../core/json";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { useFields } from "../parts/schema/context";
import { useBodies, words } from "../session";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { partSchema } from "./parts";

type Problems = readonly (Problem & { inner: string })[];

function within(problems: Problems, prefix: string) {
  return problems
    .filter(({ inner }) => inner.startsWith(`${prefix}/`))
    .map((problem) => ({ ...problem, inner: problem.inner.slice(prefix.length) }));
}

export function PageTab({ problems }: { problems: Problems }) {
  const editor = useFormEditor();
  const page = (editor.form.page as JsonObject | undefined) ?? {};
  const put = (next: JsonObject, merge?: string) =>
    editor.setForm((form) => ({ ...form, page: next }), merge);
  const schema = partSchema(editor.session, "page");
  const related = (page.related as JsonObject[] | undefined) ?? [];
  const forms = useBodies("form") as Form[];
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
          <div key={index} className="list-entry">
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
            <IconButton
              icon="trash"
              size="small"
              label={t("common.remove")}
              onClick={() => put({ ...page, related: related.filter((_one, at) => at !== index) })}
            />
          </div>
        ))}
        <Menu
          items={free.map((one) => ({
            key: `${one.form}.${one.link}`,
            label: one.label,
            run: () => put({ ...page, related: [...related, { form: one.form, link: one.link }] }),
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

export function PublicTab({ problems }: { problems: Problems }) {
  const editor = useFormEditor();
  const { session, form } = editor;
  const fields = useFields(form.key);
  const settings = form.public as JsonObject | undefined;
  const fillable = fields
    .filter(
      ({ field }) =>
        !session.fieldType(field.type)?.computed &&
        !["person", "department", "link"].includes(field.type),
    )
    .map(({ key }) => key);
  return (
    <div className="form-page">
      <section className="panel">
        <div className="control-inline">
          <h2>{t("form.public")}</h2>
          <Switch
            label={t("form.publicOn")}
            checked={settings !== undefined}
            onChange={(on) =>
              editor.setForm((body) => {
                if (on) return { ...body, public: { fields: fillable } };
                const { public: _public, ...rest } = body;
                return rest;
              })
            }
          />
        </div>
        <p className="muted">{t("form.publicText")}</p>
        {settings && (
          <>
            <SchemaForm
              schema={partSchema(session, "public")}
              value={settings}
              path={["public"]}
              problems={within(problems, "/public")}
              onChange={(path, value, merge) =>
                editor.setForm(
                  (body) => ({
                    ...body,
                    public: withValue((body.public as JsonObject) ?? {}, path, value),
                  }),
                  merge,
                )
              }
            />
            <p className="meta">{t("form.publicAfter")}</p>
          </>
        )}
      </section>
    </div>
  );
}
