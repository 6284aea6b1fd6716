/** A row rule in words, with the field it goes by where there is a choice. */
import { Select } from "@/shared/ui/Select";

import type { Json } from "../core/json";
import { readRowRule, writtenRule, type Preset } from "../core/row_rule";
import { systemFields, useFields } from "../parts/schema/context";
import { t } from "../texts";
import { EVERY_FORM } from "./grants";

interface Props {
  form: string;
  label: string;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

export function RangePicker({ form, label, value, onChange }: Props) {
  const own = useFields(form);
  const rule = readRowRule(value);
  const people = own.filter(({ type }) => type === "person");
  // Whoever created a record stands in where the form names nobody, or where a rule says so already.
  if (people.length === 0 || rule.field === "created_by")
    people.push(...systemFields().filter(({ key }) => key === "created_by"));
  const departments = own.filter(({ type }) => type === "department");
  const owner = people.find(({ key }) => key === "owner") ?? people[0];
  const choose = (preset: Preset) => {
    const field = preset === "department" ? departments[0]?.key : (rule.field ?? owner?.key);
    onChange(
      writtenRule(
        preset,
        field ?? null,
        rule.formula === "true" || rule.formula === "false" ? "not ISEMPTY(id)" : rule.formula,
      ),
    );
  };
  const candidates =
    rule.preset === "department"
      ? departments
      : rule.preset === "own" || rule.preset === "own_and_below"
        ? people
        : [];
  return (
    <span className="range-picker">
      <Select
        size="small"
        variant="borderless"
        aria-label={label}
        value={rule.preset}
        options={[
          { value: "all", label: t("role.all") },
          { value: "own", label: t("role.own") },
          { value: "own_and_below", label: t("role.ownAndBelow") },
          ...(departments.length
            ? [{ value: "department" as const, label: t("role.department") }]
            : []),
          // A condition speaks of the fields of one form.
          ...(form === EVERY_FORM && rule.preset !== "custom"
            ? []
            : [{ value: "custom" as const, label: t("role.custom") }]),
          { value: "none", label: t("role.none") },
        ]}
        onChange={(preset) => preset && choose(preset)}
      />
      {candidates.length > 1 && (
        <Select
          size="small"
          variant="borderless"
          aria-label={`${label}: ${t("role.by")}`}
          value={rule.field}
          options={candidates.map((choice) => ({
            value: choice.key,
            label: t("role.byField", { field: choice.label }),
          }))}
          onChange={(field) => field && onChange(writtenRule(rule.preset, field, ""))}
        />
      )}
    </span>
  );
}
