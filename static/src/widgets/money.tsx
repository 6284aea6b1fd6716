/** An amount; the currency stands in front while editing and in the header of a list. */
import { EMPTY, currencySymbol, number } from "@/shared/format";
import { NumberInput } from "@/shared/ui/NumberInput";

import { numberOption, plain, textOption } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

const SCALE = 2;

/** Whole amounts in lists are shown without cents only when the field says so. */
function shown(value: string, scale: number): string {
  return value ? number(value, scale) : "";
}

function View({ field, value, compact, signed }: ViewProps) {
  const text = shown(plain(value), numberOption(field, "scale") ?? SCALE);
  if (!text) return <>{EMPTY}</>;
  const symbol = currencySymbol(textOption(field, "currency"));
  return (compact && !signed) || !symbol ? <>{text}</> : <>{`${symbol} ${text}`}</>;
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
    <NumberInput
      id={id}
      value={plain(value) || null}
      scale={numberOption(field, "scale") ?? SCALE}
      disabled={disabled}
      autoFocus={autoFocus}
      placeholder={field.hint ?? undefined}
      prefix={currencySymbol(textOption(field, "currency")) || undefined}
      status={invalid ? "error" : undefined}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      aria-required={field.required}
      onChange={onChange}
    />
  );
}

export const widget: Widget = {
  View,
  Edit,
  text: (value, field) => shown(plain(value), numberOption(field, "scale") ?? SCALE),
  align: "right",
  width: 140,
};
