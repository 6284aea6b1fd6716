/** Editors for what is a formula in the definition: formulas, conditions, texts with fields in them. */
import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Select";

import { quoted, unquoted } from "../../core/condition";
import type { Option } from "../../core/options";
import { reworded, words } from "../../session";
import { t } from "../../texts";
import { ConditionBuilder } from "../ConditionBuilder";
import { FormulaEditor } from "../FormulaEditor";
import { TemplateInput } from "../TemplateInput";
import { useNames, useSeal, type EditorProps } from "./context";

export function FormulaProperty(props: EditorProps) {
  const { value, path, siblings } = props;
  const [asFormula, setAsFormula] = useState(false);
  const { options } = siblings;
  const literal = value === undefined || (typeof value === "string" && /^'[^']*'$/.test(value));
  // The default of a choice is one of its options, unless somebody has written a formula.
  if (
    path.at(-1) === "default" &&
    siblings.type === "choice" &&
    Array.isArray(options) &&
    literal &&
    !asFormula
  )
    return (
      <OptionDefault
        {...props}
        options={options as unknown as Option[]}
        onFormula={() => setAsFormula(true)}
      />
    );
  return <FormulaText {...props} />;
}

interface OptionDefaultProps extends EditorProps {
  options: Option[];
  onFormula: () => void;
}

function OptionDefault({ id, label, value, onChange, options, onFormula }: OptionDefaultProps) {
  return (
    <div className="stack">
      <Select
        id={id}
        aria-label={label}
        value={typeof value === "string" ? unquoted(value) : null}
        clearable
        options={options.map((option) => ({
          value: option.value,
          label: words(option.label, option.value),
        }))}
        onChange={(next) => onChange(next === null ? undefined : quoted(next))}
      />
      <div>
        <Button kind="link" size="small" onClick={onFormula}>
          {t("form.asFormula")}
        </Button>
      </div>
    </div>
  );
}

function FormulaText({ id, label, value, onChange, path, siblings, required }: EditorProps) {
  const names = useNames();
  const seal = useSeal();
  const text = typeof value === "string" ? value : "";
  // A new formula field must have some formula to be saved; this one stands for "none yet".
  const shown = required && text === "0" ? "" : text;
  return (
    <FormulaEditor
      id={id}
      label={label}
      value={shown}
      names={names}
      purpose={path.at(-1) === "default" ? "default" : "value"}
      returns={typeof siblings.returns === "string" ? siblings.returns : undefined}
      onChange={(next) =>
        onChange(next || (required ? "0" : undefined), `formula:${path.join("/")}`)
      }
      onBlur={seal}
      withResult
    />
  );
}

export function ConditionProperty({ label, value, onChange, path }: EditorProps) {
  return (
    <ConditionBuilder
      label={label}
      value={typeof value === "string" ? value : ""}
      onChange={(next) => onChange(next || undefined, `condition:${path.join("/")}`)}
    />
  );
}

export function TemplateEditor({ id, label, value, onChange, path }: EditorProps) {
  const names = useNames();
  const seal = useSeal();
  return (
    <TemplateInput
      id={id}
      label={label}
      value={words(value)}
      names={names}
      onChange={(next) => onChange(reworded(value, next), `template:${path.join("/")}`)}
      onBlur={seal}
    />
  );
}
