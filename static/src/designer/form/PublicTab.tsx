/** The public form: what strangers may fill in, and the link under which they do. */
import { Switch } from "@/shared/ui/Switch";

import { withValue, type JsonObject } from "../core/json";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { useFields } from "../parts/schema/context";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { partSchema, within, type Problems } from "./parts";
import { PublicLink } from "./PublicLink";

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
      <PublicLink form={form.key} on={settings !== undefined} />
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
          </>
        )}
      </section>
    </div>
  );
}
