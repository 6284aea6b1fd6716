/** A record of another form: its title, and a picker that searches. */
import { api } from "@/shared/api";
import { EMPTY } from "@/shared/format";
import { Link } from "@/shared/router";
import type { RecordList } from "@/shared/types";
import { t } from "@/shared/texts";

import { RemoteSelect } from "./pickers/RemoteSelect";
import { asLink, plain, textOption } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function View({ field, value, app, compact }: ViewProps) {
  const link = asLink(value);
  if (!link) return <>{plain(value) || EMPTY}</>;
  const form = textOption(field, "form");
  if (compact || !app || !form) return <>{link.label}</>;
  return <Link href={`/apps/${app}/${form}/${link.id}`}>{link.label}</Link>;
}

function Edit({
  field,
  value,
  onChange,
  id,
  app,
  disabled,
  invalid,
  describedBy,
  autoFocus,
  compact,
}: EditProps) {
  const form = textOption(field, "form") ?? "";
  return (
    <RemoteSelect
      id={id}
      name={["records", app, form]}
      label={field.label}
      value={asLink(value)}
      clearable={!field.required}
      disabled={disabled}
      autoFocus={autoFocus}
      defaultOpen={compact}
      invalid={invalid}
      describedBy={describedBy}
      placeholder={field.hint || t("common.select")}
      find={async (search, signal) => {
        const list = await api.get<RecordList>(`/api/apps/${app}/records/${form}`, {
          query: { search, limit: 20, fields: "label" },
          signal,
        });
        return list.records.map((record) => ({ id: record.id, label: record.label ?? "" }));
      }}
      onChange={(found) => onChange(found ? { id: found.id, label: found.label } : null)}
    />
  );
}

export const widget: Widget = { View, Edit, text: plain, width: 200 };
