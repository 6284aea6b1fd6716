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
import { useSession, words } from "../session";
import { t } from "../texts";
import { useIsDragged } from "./drop_state";
import { useLatestEditor } from "./editor";
import { fieldInfo, typeLabel } from "./field_info";
import { useNear } from "./near";
import { dragField } from "./useFieldDrag";

interface FaceProps {
  fieldKey: string;
  field: Field;
  formKey: string;
}

interface Props extends FaceProps {
  span: number;
  selected: boolean;
  naming: boolean;
  problem: "error" | "warning" | null;
}

export const FieldCard = memo(function FieldCard({
  fieldKey,
  field,
  formKey,
  span,
  selected,
  naming,
  problem,
}: Props) {
  const editor = useLatestEditor();
  const session = useSession();
  const isDragged = useIsDragged(fieldKey);
  const label = words(field.label, fieldKey);
  const type = typeLabel(session, field.type);
  const marks = [
    "field-card",
    selected && "is-selected",
    isDragged && "is-dragged",
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
            if (event.pointerType !== "touch") dragField(event, editor.current, fieldKey);
          }}
          onClick={() => editor.current.select({ kind: "field", key: fieldKey })}
          onFocus={() => editor.current.select({ kind: "field", key: fieldKey })}
          onDoubleClick={() => editor.current.startNaming(fieldKey)}
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
        <FieldFace fieldKey={fieldKey} field={field} formKey={formKey} />
      </div>
      {typeof field.help !== "undefined" && words(field.help) && (
        <p className="meta field-help">{words(field.help)}</p>
      )}
      {selected && !naming && (
        <div className="field-tools">
          <span
            className="field-grip"
            title={t("form.drag")}
            onPointerDown={(event) => dragField(event, editor.current, fieldKey)}
          >
            <Icon name="drag" />
          </span>
          <IconButton
            icon="edit"
            size="small"
            label={t("d.rename")}
            onClick={() => editor.current.startNaming(fieldKey)}
          />
          <IconButton
            icon="copy"
            size="small"
            label={t("form.duplicate")}
            onClick={() => editor.current.duplicate(fieldKey)}
          />
          <IconButton
            icon="trash"
            size="small"
            label={t("form.deleteField")}
            onClick={() => editor.current.remove(fieldKey)}
          />
        </div>
      )}
    </div>
  );
});

function NameInput({ fieldKey, label }: { fieldKey: string; label: string }) {
  const latest = useLatestEditor();
  const editor = {
    name: (key: string, text: string) => latest.current.name(key, text),
    focusField: (key: string) => latest.current.focusField(key),
    stopNaming: () => latest.current.stopNaming(),
  };
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

/** Redrawn only when the field itself changes: the widgets are the dear part of a large form. */
const FieldFace = memo(function FieldFace({ fieldKey, field, formKey }: FaceProps) {
  const session = useSession();
  const place = useRef<HTMLDivElement>(null);
  const near = useNear(place);
  if (field.type === "formula") return <FormulaFace field={field} formKey={formKey} />;
  if (field.type === "serial")
    return (
      <p className="field-computed">
        {exampleOf((field.pattern ?? []) as JsonObject[], new Date())}
      </p>
    );
  const form = session.form(formKey);
  if (!form) return null;
  const info = fieldInfo(session, session.workspace.all(), form, fieldKey, field);
  const { Edit } = widgetOf(info.widget, info.value_type);
  if (info.computed || !Edit) return <p className="field-computed">—</p>;
  return (
    <div ref={place} className="field-face">
      {near && (
        <Edit
          field={info}
          value={null}
          onChange={() => undefined}
          id={`face-${fieldKey}`}
          app={session.app}
        />
      )}
    </div>
  );
});

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
