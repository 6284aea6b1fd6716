/** One field on the canvas: the runtime's own widget, asleep, under a button that selects and drags it. */
import { memo, useLayoutEffect, useRef } from "react";

import { Icon } from "@/shared/icons";
import { IconButton } from "@/shared/ui/Button";
import { widgetOf } from "@/widgets/registry";

import type { Field } from "../core/definitions";
import type { JsonObject } from "../core/json";
import { useFormulaCheck } from "../parts/formula_check";
import { exampleOf } from "../parts/schema/PatternEditor";
import { useTrial } from "../parts/TrialResult";
import { useDocuments, words } from "../session";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { fieldInfo, typeLabel } from "./field_info";
import { dragField } from "./useFieldDrag";

interface Props {
  fieldKey: string;
  field: Field;
  span: number;
  selected: boolean;
  naming: boolean;
  problem: "error" | "warning" | null;
}

export const FieldCard = memo(function FieldCard({
  fieldKey,
  field,
  span,
  selected,
  naming,
  problem,
}: Props) {
  const editor = useFormEditor();
  const label = words(field.label, fieldKey);
  const type = typeLabel(editor.session, field.type);
  const marks = [
    "field-card",
    selected && "is-selected",
    editor.dragging === fieldKey && "is-dragged",
    problem && `has-${problem}`,
  ];
  return (
    <div
      className={marks.filter(Boolean).join(" ")}
      data-field={fieldKey}
      style={{ gridColumn: `span ${span}` }}
    >
      {!naming && (
        <button
          type="button"
          className="plain field-hit"
          aria-pressed={selected}
          aria-label={t("form.nameOf", { label, type })}
          onPointerDown={(event) => {
            if (event.pointerType !== "touch") dragField(event, editor, fieldKey);
          }}
          onClick={() => editor.select({ kind: "field", key: fieldKey })}
          onFocus={() => editor.select({ kind: "field", key: fieldKey })}
          onDoubleClick={() => editor.startNaming(fieldKey)}
        />
      )}
      <div className="field-label">
        {naming ? (
          <NameInput fieldKey={fieldKey} label={label} />
        ) : (
          <>
            <span className="ellipsis">{label}</span>
            {field.required === true && <span className="required-mark" />}
            {problem && <Icon name={problem} className={`field-problem is-${problem}`} />}
          </>
        )}
      </div>
      <div className="field-widget" inert>
        <FieldFace fieldKey={fieldKey} field={field} />
      </div>
      {typeof field.help !== "undefined" && words(field.help) && (
        <p className="meta field-help">{words(field.help)}</p>
      )}
      {selected && !naming && (
        <div className="field-tools">
          <span
            className="field-grip"
            title={t("form.drag")}
            onPointerDown={(event) => dragField(event, editor, fieldKey)}
          >
            <Icon name="drag" />
          </span>
          <IconButton
            icon="edit"
            size="small"
            label={t("d.rename")}
            onClick={() => editor.startNaming(fieldKey)}
          />
          <IconButton
            icon="copy"
            size="small"
            label={t("form.duplicate")}
            onClick={() => editor.duplicate(fieldKey)}
          />
          <IconButton
            icon="trash"
            size="small"
            label={t("form.deleteField")}
            onClick={() => editor.remove(fieldKey)}
          />
        </div>
      )}
    </div>
  );
});

function NameInput({ fieldKey, label }: { fieldKey: string; label: string }) {
  const editor = useFormEditor();
  const input = useRef<HTMLInputElement>(null);
  const cancelled = useRef(false);
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
    input.current?.closest("[data-field]")?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <input
      ref={input}
      className="name-input"
      aria-label={t("form.fieldName")}
      defaultValue={label}
      maxLength={80}
      autoComplete="off"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Enter") {
          editor.name(fieldKey, event.currentTarget.value);
          editor.focusField(fieldKey);
        } else if (event.key === "Escape") {
          cancelled.current = true;
          editor.stopNaming();
          editor.focusField(fieldKey);
        }
      }}
      onBlur={(event) => {
        if (!cancelled.current) editor.name(fieldKey, event.currentTarget.value);
      }}
    />
  );
}

function FieldFace({ fieldKey, field }: { fieldKey: string; field: Field }) {
  const { session, form } = useFormEditor();
  const documents = useDocuments();
  const info = fieldInfo(session, documents, form, fieldKey, field);
  if (field.type === "formula") return <FormulaFace field={field} formKey={form.key} />;
  if (field.type === "serial")
    return (
      <p className="field-computed">
        {exampleOf((field.pattern ?? []) as JsonObject[], new Date())}
      </p>
    );
  const { Edit } = widgetOf(info.widget, info.value_type);
  if (info.computed || !Edit) return <p className="field-computed">—</p>;
  return (
    <Edit
      field={info}
      value={null}
      onChange={() => undefined}
      id={`face-${fieldKey}`}
      app={session.app}
    />
  );
}

/** A computed field shows its result for the samples, live. */
function FormulaFace({ field, formKey }: { field: Field; formKey: string }) {
  const formula = typeof field.formula === "string" && field.formula !== "0" ? field.formula : "";
  const returns = typeof field.returns === "string" ? field.returns : undefined;
  const check = useFormulaCheck(formula, "value", returns, formKey);
  const trial = useTrial(check.tree, formKey, returns);
  return (
    <p className="field-computed">
      <Icon name="formula" />
      <span>{formula && trial?.result ? trial.result : "—"}</span>
      {formula && trial?.result && <span className="meta">{t("form.trialOf")}</span>}
    </p>
  );
}
