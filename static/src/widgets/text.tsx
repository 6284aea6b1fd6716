/** One line of text. */
import { EMPTY } from "@/shared/format";
import { Input } from "@/shared/ui/Input";

import { numberOption, plain } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function View({ value }: ViewProps) {
  return <>{plain(value) || EMPTY}</>;
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
    <Input
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
      autoComplete="off"
      onChange={(text) => onChange(text || null)}
    />
  );
}

export const widget: Widget = { View, Edit, text: plain, width: 180 };
