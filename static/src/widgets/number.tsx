/** A decimal number with its unit. */
import { EMPTY, number } from "@/shared/format";
import { NumberInput } from "@/shared/ui/NumberInput";

import type { FieldInfo, Value } from "@/shared/types";

import { numberOption, plain, textOption } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

const inThousands = (field: FieldInfo) => field.options.thousands !== false;

function shown(field: FieldInfo, given: Value): string {
  const value = plain(given);
  if (!value) return "";
  const unit = textOption(field, "unit");
  const figure = number(value, numberOption(field, "scale"), inThousands(field));
  if (!unit) return figure;
  return unit === "%" ? `${figure}%` : `${figure} ${unit}`;
}

function View({ field, value }: ViewProps) {
  return <>{shown(field, value) || EMPTY}</>;
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
      thousands={inThousands(field)}
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
  text: (value, field) => shown(field, value),
  align: "right",
  width: 120,
};
