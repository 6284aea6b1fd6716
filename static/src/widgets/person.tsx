/** A member of the organisation. */
import { api } from "@/shared/api";
import { EMPTY } from "@/shared/format";
import type { Person } from "@/shared/types";
import { t } from "@/shared/texts";
import { PersonName } from "@/shared/ui/Avatar";

import { RemoteSelect } from "./pickers/RemoteSelect";
import { asPerson, plain } from "./values";
import type { EditProps, ViewProps, Widget } from "./widget";

function View({ value }: ViewProps) {
  const person = asPerson(value);
  if (!person) return <>{plain(value) || EMPTY}</>;
  return <PersonName name={person.name} id={person.id} />;
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
  const person = asPerson(value);
  return (
    <RemoteSelect
      id={id}
      name={["people"]}
      label={field.label}
      value={
        person && {
          id: person.id,
          label: person.name,
          shown: <PersonName name={person.name} id={person.id} />,
        }
      }
      clearable={!field.required}
      disabled={disabled}
      autoFocus={autoFocus}
      defaultOpen={compact}
      invalid={invalid}
      describedBy={describedBy}
      placeholder={field.hint || t("common.select")}
      find={findPeople}
      onChange={(found) => onChange(found ? { id: found.id, name: found.label } : null)}
    />
  );
}

/** Active people whose name, username or mail contains the text. */
export async function findPeople(search: string, signal?: AbortSignal) {
  const list = await api.get<{ people: Person[] }>("/api/people", {
    query: { search, limit: 20, active: true },
    signal,
  });
  return list.people.map((person) => ({
    id: person.id,
    label: person.name,
    shown: (
      <span className="person-option">
        <PersonName name={person.name} id={person.id} />
        {person.department ? <span className="meta">{person.department.name}</span> : null}
      </span>
    ),
  }));
}

export const widget: Widget = { View, Edit, text: plain, width: 130 };
