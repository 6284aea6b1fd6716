/** Field, comparison and value of one condition. */
import { useState } from "react";

import {
  type Clause,
  type Comparison,
  comparisons,
  complete,
  initial,
  PERIODS,
} from "@/shared/filter";
import type { FieldInfo } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { DatePicker } from "@/shared/ui/DatePicker";
import { Input } from "@/shared/ui/Input";
import { NumberInput } from "@/shared/ui/NumberInput";
import { Select, SelectMany } from "@/shared/ui/Select";
import { t } from "@/shared/texts/list";
import { optionsOf } from "@/widgets/values";
import { References } from "./References";
import { referenceKind } from "./words";

function Values({
  app,
  field,
  clause,
  onChange,
}: {
  app: string;
  field: FieldInfo;
  clause: Clause;
  onChange: (values: string[]) => void;
}) {
  const { comparison, values } = clause;
  if (complete({ ...clause, values: [] })) return null;
  if (comparison === "period") {
    return (
      <Select
        aria-label={field.label}
        value={values[0] ?? null}
        searchable={false}
        options={PERIODS.map((period) => ({
          value: period,
          label: t(`words.${period}`),
        }))}
        onChange={(value) => onChange(value ? [value] : [])}
      />
    );
  }
  if (comparison === "in" || comparison === "not_in") {
    if (referenceKind(field))
      return <References app={app} field={field} values={values} onChange={onChange} />;
    return (
      <SelectMany
        aria-label={field.label}
        value={values}
        options={optionsOf(field).map((option) => ({ value: option.value, label: option.label }))}
        placeholder={t("common.select")}
        onChange={onChange}
      />
    );
  }
  const one = (index: number, label: string) => {
    const value = values[index] ?? "";
    const set = (next: string) => {
      const list = [...values];
      list[index] = next;
      onChange(comparison === "between" ? [list[0] ?? "", list[1] ?? ""] : list);
    };
    if (field.value_type === "number")
      return (
        <NumberInput
          aria-label={label}
          value={value || null}
          onChange={(next) => set(next ?? "")}
        />
      );
    if (field.value_type === "date" || field.value_type === "moment")
      return (
        <DatePicker aria-label={label} value={value || null} onChange={(next) => set(next ?? "")} />
      );
    return <Input aria-label={label} value={value} autoFocus onChange={set} />;
  };
  if (comparison !== "between") return one(0, field.label);
  return (
    <div className="clause-range">
      {one(0, `${field.label} ${t("words.from")}`)}
      <span className="muted">{t("words.and")}</span>
      {one(1, `${field.label} ${t("words.until")}`)}
    </div>
  );
}

interface Props {
  app: string;
  fields: readonly FieldInfo[];
  clause: Clause | null;
  onApply: (clause: Clause) => void;
}

export function ClauseEditor({ app, fields, clause, onApply }: Props) {
  const [draft, setDraft] = useState<Clause | null>(clause);
  const field = fields.find((one) => one.key === draft?.field);
  return (
    <form
      className="clause"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft && complete(draft)) onApply(draft);
      }}
    >
      <Select
        aria-label={t("list.chooseField")}
        placeholder={t("list.chooseField")}
        value={draft?.field ?? null}
        autoFocus={!clause}
        defaultOpen={!clause}
        searchable
        options={fields.map((one) => ({ value: one.key, label: one.label }))}
        onChange={(key) => {
          const next = fields.find((one) => one.key === key);
          const comparison = next ? (comparisons(next)[0] ?? "equals") : "equals";
          if (next) setDraft({ field: next.key, comparison, values: initial(comparison) });
        }}
      />
      {field && draft && (
        <>
          <Select<Comparison>
            aria-label={t("list.filter")}
            value={draft.comparison}
            searchable={false}
            options={comparisons(field).map((one) => ({ value: one, label: t(`words.${one}`) }))}
            onChange={(comparison) =>
              comparison && setDraft({ ...draft, comparison, values: initial(comparison) })
            }
          />
          <Values
            app={app}
            field={field}
            clause={draft}
            onChange={(values) => setDraft({ ...draft, values })}
          />
        </>
      )}
      <div className="clause-foot">
        <Button kind="primary" submit disabled={!draft || !complete(draft)}>
          {t("list.apply")}
        </Button>
      </div>
    </form>
  );
}
