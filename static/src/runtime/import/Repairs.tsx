/** Problems grouped by their cause, each with one repair for all its rows. */
import { useState } from "react";

import { api } from "@/shared/api";
import { number } from "@/shared/format";
import { Icon } from "@/shared/icons";
import type { RecordList } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Select } from "@/shared/ui/Select";
import { t } from "@/shared/texts/import";
import { findPeople } from "@/widgets/person";
import { RemoteSelect } from "@/widgets/pickers/RemoteSelect";

import { listSeparator } from "../queries";
import type { Choices, Target, TargetField } from "./target";
import type { Group } from "./work";

interface Props {
  target: Target;
  groups: readonly Group[];
  choices: Choices;
  onChange: (choices: Choices) => void;
}

export function Repairs({ target, groups, choices, onChange }: Props) {
  if (!groups.length) return null;
  const repair = (group: Group, value: string | null | undefined) => {
    if (!group.field || group.value === null) return;
    const cells = { ...choices.values[group.field] };
    if (value === undefined) delete cells[group.value];
    else cells[group.value] = value;
    onChange({ ...choices, values: { ...choices.values, [group.field]: cells } });
  };
  return (
    <ul className="repairs">
      {groups.map((group, index) => {
        const field = target.fields.find((one) => one.key === group.field);
        const cells = group.field ? choices.values[group.field] : undefined;
        const done = group.value !== null && cells !== undefined && group.value in cells;
        return (
          <li
            key={`${group.code}-${group.field}-${group.value}-${index}`}
            className={done ? "repair is-done" : "repair"}
          >
            <div className="repair-text">
              <p>
                {field && !group.message.includes(field.label) ? (
                  <b className="repair-field">{field.label}</b>
                ) : null}
                {group.value && !group.message.includes(group.value) ? (
                  <span className="repair-value">{t("wizard.cell", { value: group.value })}</span>
                ) : null}
                {group.message}
              </p>
              <p className="meta">
                {t("wizard.rows", { n: number(group.count) })} ·{" "}
                {t("wizard.firstRows", { rows: group.rows.join(listSeparator) })}
                {group.count > group.rows.length ? " …" : ""}
              </p>
            </div>
            {done ? (
              <div className="repair-control">
                <span className="success-text row">
                  <Icon name="success" />
                  {cells[group.value ?? ""] === null
                    ? t("wizard.repairedEmpty")
                    : t("wizard.repaired", { value: shown(field, cells[group.value ?? ""] ?? "") })}
                </span>
                <Button kind="text" size="small" onClick={() => repair(group, undefined)}>
                  {t("wizard.unrepair")}
                </Button>
              </div>
            ) : group.repair && field ? (
              <Repair
                target={target}
                field={field}
                group={group}
                onRepair={(value) => repair(group, value)}
              />
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}

function shown(field: TargetField | undefined, value: string): string {
  return field?.options?.find((option) => option.value === value)?.label ?? value;
}

interface RepairProps {
  target: Target;
  field: TargetField;
  group: Group;
  onRepair: (value: string | null) => void;
}

function Repair({ target, field, group, onRepair }: RepairProps) {
  const candidates = group.repair?.candidates ?? [];
  const known = (text: string) =>
    field.options?.find((option) => option.value === text || option.label === text)?.value ?? text;
  const [value, setValue] = useState<string>(candidates[0] ? known(candidates[0]) : "");
  const label = `${t("wizard.replaceWith")} · ${group.value ?? ""}`;
  const control = field.options ? (
    <Select
      aria-label={label}
      width={200}
      value={value || null}
      placeholder={t("common.select")}
      searchable
      options={field.options.map((option) => ({ value: option.value, label: option.label }))}
      onChange={(next) => setValue(next ?? "")}
    />
  ) : field.form || field.person ? (
    <div className="repair-remote">
      <RemoteSelect
        id={`repair-${field.key}-${group.rows[0] ?? 0}`}
        name={field.person ? ["people"] : ["records", target.app, field.form]}
        label={label}
        value={value ? { id: 0, label: value } : null}
        placeholder={t("common.select")}
        find={async (search, signal) => {
          if (field.person) return findPeople(search, signal);
          const list = await api.get<RecordList>(`/api/apps/${target.app}/records/${field.form}`, {
            query: { search, limit: 20, fields: "label" },
            signal,
          });
          return list.records.map((record) => ({ id: record.id, label: record.label ?? "" }));
        }}
        onChange={(found) => setValue(found?.label ?? "")}
      />
    </div>
  ) : (
    <Input aria-label={label} style={{ width: 200 }} value={value} onChange={setValue} />
  );
  return (
    <div className="repair-control">
      <span className="meta">{t("wizard.replaceWith")}</span>
      {control}
      <Button disabled={!value} onClick={() => onRepair(value)}>
        {t("wizard.replace")}
      </Button>
      {!field.required && (
        <Button kind="text" onClick={() => onRepair(null)}>
          {t("wizard.leaveEmpty")}
        </Button>
      )}
    </div>
  );
}
