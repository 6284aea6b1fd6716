/** A telephone number that can be called with a tap. */
import { EMPTY } from "@/shared/format";
import { Input } from "@/shared/ui/Input";

import { plain } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function View({ value, compact }: ViewProps) {
  const text = plain(value);
  if (!text) return <>{EMPTY}</>;
  return compact ? <>{text}</> : <a href={`tel:${text.replace(/[^+\d]/g, "")}`}>{text}</a>;
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
      type="tel"
      inputMode="tel"
      autoComplete="off"
      value={plain(value)}
      disabled={disabled}
      autoFocus={autoFocus}
      placeholder={field.hint ?? undefined}
      status={invalid ? "error" : undefined}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      aria-required={field.required}
      onChange={(text) => onChange(text || null)}
    />
  );
}

export const widget: Widget = { View, Edit, text: plain, width: 140 };
