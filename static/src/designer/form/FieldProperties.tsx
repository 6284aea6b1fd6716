/** The panel on the right: the selected field's properties, or the form's own. */
import { useId } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import type { Problem } from "@/shared/types";
import { Input } from "@/shared/ui/Input";

import type { FieldTypeInfo, Schema } from "../api";
import type { Json } from "../core/json";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { TemplateEditor } from "../parts/schema/formulas";
import { reworded, words } from "../session";
import { fieldIcon } from "../kinds";
import { t } from "../texts";
import { useFormEditor } from "./editor";

/** Common and own properties as one schema, so that groups and order hold across both. */
export function wholeSchema(common: Schema, type: FieldTypeInfo): Schema {
  const own = type.options_schema;
  const names = Array.isArray(type.common)
    ? type.common
    : type.common
      ? Object.keys(type.common.properties ?? {})
      : type.computed
        ? ["label", "help"]
        : Object.keys(common.properties ?? {});
  const shared = Object.fromEntries(
    Object.entries(common.properties ?? {}).filter(([name]) => names.includes(name)),
  );
  return {
    type: "object",
    properties: { ...shared, ...own.properties },
    required: [...(common.required ?? []), ...(own.required ?? [])],
  };
}

export function FieldProperties({
  problems,
}: {
  problems: readonly (Problem & { inner: string })[];
}) {
  const editor = useFormEditor();
  const { selected, form, session } = editor;
  const field = selected ? form.fields[selected] : undefined;
  const type = field ? session.fieldType(field.type) : undefined;
  const id = useId();
  if (!selected || !field || !type) return <FormSettings />;
  const prefix = `/fields/${selected}`;
  const own = problems
    .filter(({ inner }) => inner === prefix || inner.startsWith(`${prefix}/`))
    .map((problem) => ({ ...problem, inner: problem.inner.slice(prefix.length) }));
  return (
    <div className="properties" key={selected}>
      <div className="properties-head">
        <Icon name={fieldIcon(type.icon)} />
        <span className="muted">{localized(type.label)}</span>
      </div>
      {own
        .filter(({ inner }) => inner === "")
        .map((problem, index) => (
          <p key={index} className="control-problem" role="alert">
            {problem.message}
          </p>
        ))}
      <SchemaForm
        schema={wholeSchema(session.catalogue.common_field_schema, type)}
        value={field}
        problems={own}
        onChange={(path, value, merge) =>
          editor.setOption(selected, path, path[0] === "label" ? (value ?? "") : value, merge)
        }
      />
      <div className="properties-key">
        <label htmlFor={`${id}-key`} className="meta">
          {t("d.key")}
        </label>
        <code id={`${id}-key`} title={t("d.keyHint")}>
          {selected}
        </code>
      </div>
    </div>
  );
}

function FormSettings() {
  const editor = useFormEditor();
  const { form } = editor;
  const id = useId();
  return (
    <div className="properties">
      <p className="muted properties-none">{t("form.noSelection")}</p>
      <h2>{t("form.formSettings")}</h2>
      <div className="control-group">
        <label htmlFor={`${id}-label`} className="control-label">
          {t("form.formName")}
        </label>
        <Input
          id={`${id}-label`}
          value={words(form.label)}
          maxLength={80}
          onChange={(text) =>
            text.trim() &&
            editor.setForm((body) => ({ ...body, label: reworded(body.label, text) }), "form_label")
          }
          onBlur={() => editor.session.workspace.seal(editor.id)}
        />
      </div>
      <div className="control-group">
        <label htmlFor={`${id}-title`} className="control-label">
          {t("form.formTitle")}
        </label>
        <TemplateEditor
          id={`${id}-title`}
          label={t("form.formTitle")}
          schema={{}}
          siblings={{}}
          required={false}
          path={["title"]}
          value={form.title as Json | undefined}
          onChange={(value, merge) =>
            editor.setForm((body) => ({ ...body, title: value ?? "" }), merge)
          }
        />
        <p className="meta">{t("form.formTitleHint")}</p>
      </div>
    </div>
  );
}
