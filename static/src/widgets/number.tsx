/** A decimal number with its unit. */
import { EMPTY, number } from "@/shared/format";
import { NumberInput } from "@/shared/ui/NumberInput";

import { numberOption, plain, textOption } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function shown(value: string, scale: number | undefined, unit: string | undefined): string {
  if (!value) return "";
  const figure = number(value, scale);
  if (!unit) return figure;
  return unit === "%" ? `${figure}%` : `${figure} ${unit}`;
}

function View({ field, value }: ViewProps) {
  return (
    <>{shown(plain(value), numberOption(field, "scale"), textOption(field, "unit")) || EMPTY}</>
  );
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
      scale={numberOption(field, "scale")}
      disabled={disabled}
      autoFocus={autoFocus}
      placeholder={field.hint ?? undefined}
      suffix={textOption(field, "unit")}
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
  text: (value, field) =>
    shown(plain(value), numberOption(field, "scale"), textOption(field, "unit")),
  align: "right",
  width: 120,
};
