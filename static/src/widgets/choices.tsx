/** Several options. */
import { EMPTY } from "@/shared/format";
import type { Value } from "@/shared/types";
import { t } from "@/shared/texts";
import { SelectMany } from "@/shared/ui/Select";
import { Tag } from "@/shared/ui/Tag";

import { optionOf, optionsOf, plain } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function values(value: Value): string[] {
  if (Array.isArray(value)) return value.map(plain).filter(Boolean);
  return value == null || value === "" ? [] : [plain(value)];
}

function View({ field, value }: ViewProps) {
  const chosen = values(value);
  if (!chosen.length) return <>{EMPTY}</>;
  return (
    <span className="tags">
      {chosen.map((one) => {
        const option = optionOf(field, one);
        return (
          <Tag key={one} color={option?.color}>
            {option?.label ?? one}
          </Tag>
        );
      })}
    </span>
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
  compact,
}: EditProps) {
  return (
    <SelectMany
      id={id}
      aria-label={field.label}
      value={values(value)}
      options={optionsOf(field).map(({ value: key, label }) => ({ value: key, label }))}
      disabled={disabled}
      autoFocus={autoFocus}
      defaultOpen={compact}
      placeholder={field.hint || t("common.select")}
      status={invalid ? "error" : undefined}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onChange={(next) => onChange(next)}
    />
  );
}

export const widget: Widget = {
  View,
  Edit,
  text: (value, field) =>
    values(value)
      .map((one) => optionOf(field, one)?.label ?? one)
      .join("、"),
  width: 180,
};
