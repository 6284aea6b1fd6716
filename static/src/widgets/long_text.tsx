/** Text of several lines. */
import { EMPTY } from "@/shared/format";
import { TextArea } from "@/shared/ui/Input";

import { numberOption, plain } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function View({ value, compact }: ViewProps) {
  const text = plain(value);
  if (!text) return <>{EMPTY}</>;
  return compact ? <>{text.replace(/\s+/g, " ")}</> : <span className="long-text">{text}</span>;
}

function Edit({
  field,
  value,
  onChange,
  id,
  disabled,
  invalid,
  describedBy,
  autoFocus,
}: EditProps) {
  return (
    <TextArea
      id={id}
      value={plain(value)}
      disabled={disabled}
      autoFocus={autoFocus}
      maxLength={numberOption(field, "max_length")}
      placeholder={field.hint ?? undefined}
      status={invalid ? "error" : undefined}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      aria-required={field.required}
      onChange={(text) => onChange(text || null)}
    />
  );
}

export const widget: Widget = {
  View,
  Edit,
  text: (value) => plain(value).replace(/\s+/g, " "),
  width: 240,
  wide: true,
};
