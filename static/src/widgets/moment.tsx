/** A point in time, shown in the application's zone. */
import { EMPTY, moment } from "@/shared/format";
import { DatePicker } from "@/shared/ui/DatePicker";

import { plain } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function View({ value }: ViewProps) {
  const text = plain(value);
  return <>{text ? moment(text) : EMPTY}</>;
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
    <DatePicker
      id={id}
      time
      value={plain(value) || null}
      disabled={disabled}
      autoFocus={autoFocus}
      placeholder={field.hint ?? undefined}
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
  text: (value) => (plain(value) ? moment(plain(value)) : ""),
  width: 150,
};
