/** A label above its control, with help and the problem below; the label is always visible. */
import { type ReactNode, useId } from "react";

import { Icon } from "../icons";
import { t } from "../texts";
import { Tooltip } from "./Tooltip";

interface Props {
  label: ReactNode;
  required?: boolean;
  help?: ReactNode;
  /** Shown behind the label as a small question mark. */
  hint?: string | null;
  problem?: string | null;
  warning?: string | null;
  children: (control: {
    id: string;
    describedBy: string | undefined;
    invalid: boolean;
  }) => ReactNode;
  extra?: ReactNode;
}

export function Field({ label, required, help, hint, problem, warning, children, extra }: Props) {
  const id = useId();
  const note = problem || warning || help ? `${id}-note` : undefined;
  return (
    <div className={`field${problem ? " is-wrong" : ""}`}>
      <div className="field-label">
        <label htmlFor={id}>
          {label}
          {required ? (
            <span className="field-required" title={t("common.required")} aria-hidden="true">
              *
            </span>
          ) : null}
        </label>
        {hint ? (
          <Tooltip title={hint} placement="top">
            <button type="button" className="plain field-hint" aria-label={hint}>
              <Icon name="help" size={14} />
            </button>
          </Tooltip>
        ) : null}
        {extra ? <span className="field-extra">{extra}</span> : null}
      </div>
      {children({ id, describedBy: note, invalid: !!problem })}
      {problem ? (
        <p id={note} className="field-problem">
          {problem}
        </p>
      ) : warning ? (
        <p id={note} className="field-warning">
          {warning}
        </p>
      ) : help ? (
        <p id={note} className="field-help">
          {help}
        </p>
      ) : null}
    </div>
  );
}
