/** A department of the organisation. */
import { api } from "@/shared/api";
import { EMPTY } from "@/shared/format";
import type { DepartmentRef } from "@/shared/types";
import { t } from "@/shared/texts";

import { RemoteSelect } from "./pickers/RemoteSelect";
import { asPerson, plain } from "./values";
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
  compact,
}: EditProps) {
  const department = asPerson(value);
  return (
    <RemoteSelect
      id={id}
      name={["departments"]}
      label={field.label}
      value={department && { id: department.id, label: department.name }}
      clearable={!field.required}
      disabled={disabled}
      autoFocus={autoFocus}
      defaultOpen={compact}
      invalid={invalid}
      describedBy={describedBy}
      placeholder={field.hint || t("common.select")}
      find={async (search, signal) => {
        const list = await api.get<{ departments: DepartmentRef[] }>("/api/departments", {
          signal,
        });
        const wanted = search.trim().toLowerCase();
        return list.departments
          .filter((one) => one.name.toLowerCase().includes(wanted))
          .map((one) => ({ id: one.id, label: one.name }));
      }}
      onChange={(found) => onChange(found ? { id: found.id, name: found.label } : null)}
    />
  );
}

export const widget: Widget = { View, Edit, text: plain, width: 130 };
