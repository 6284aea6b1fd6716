/** One of several options, as a coloured label. */
import { EMPTY } from "@/shared/format";
import { t } from "@/shared/texts";
import { Select } from "@/shared/ui/Select";
import { Tag } from "@/shared/ui/Tag";

import { optionOf, optionsOf, plain } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function View({ field, value }: ViewProps) {
  const text = plain(value);
  if (!text) return <>{EMPTY}</>;
  const option = optionOf(field, text);
  return <Tag color={option?.color}>{option?.label ?? text}</Tag>;
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
  compact,
}: EditProps) {
  return (
    <Select
      id={id}
      aria-label={field.label}
      value={plain(value) || null}
      options={optionsOf(field).map((option) => ({
        value: option.value,
        label: option.label,
        shown: <Tag color={option.color}>{option.label}</Tag>,
      }))}
      clearable={!field.required}
      disabled={disabled}
      autoFocus={autoFocus}
      defaultOpen={compact}
      placeholder={field.hint || t("common.select")}
      status={invalid ? "error" : undefined}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={onChange}
    />
  );
}

export const widget: Widget = {
  View,
  Edit,
  text: (value, field) => optionOf(field, plain(value))?.label ?? plain(value),
  width: 120,
};
