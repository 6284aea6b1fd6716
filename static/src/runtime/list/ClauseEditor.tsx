/** Field, comparison and value of one condition. */
import { useState } from "react";

import { type Clause, type Comparison, comparisons, complete, initial, PERIODS } from "@/shared/filter";
import type { FieldInfo, RecordList } from "@/shared/types";
import { api } from "@/shared/api";
import { Button } from "@/shared/ui/Button";
import { DatePicker } from "@/shared/ui/DatePicker";
import { Input } from "@/shared/ui/Input";
import { NumberInput } from "@/shared/ui/NumberInput";
import { Select, SelectMany } from "@/shared/ui/Select";
import { t } from "@/shared/texts/list";
import { findPeople } from "@/widgets/person";
import { optionsOf } from "@/widgets/values";
import { type Found, useSearchText } from "@/widgets/pickers/RemoteSelect";
import { useQuery } from "@tanstack/react-query";

import { knownName, referenceKind, rememberName } from "./words";

interface ReferencesProps {
  app: string;
  field: FieldInfo;
  values: string[];
  onChange: (values: string[]) => void;
}

function References({ app, field, values, onChange }: ReferencesProps) {
  const [search, setSearch] = useSearchText();
  const kind = referenceKind(field) ?? "";
  const found = useQuery({
    queryKey: ["found", app, kind, search],
    queryFn: async ({ signal }): Promise<Found[]> => {
      if (kind === "person") return findPeople(search, signal);
      if (kind === "department") {
        const list = await api.get<{ departments: { id: number; name: string }[] }>("/api/departments", { signal });
        return list.departments
          .filter((one) => one.name.toLowerCase().includes(search.toLowerCase()))
          .map((one) => ({ id: one.id, label: one.name }));
      }
      const form = String(field.options.form);
      const list = await api.get<RecordList>(`/api/apps/${app}/records/${form}`, {
        query: { search, limit: 20, fields: "label" },
        signal,
      });
      return list.records.map((record) => ({ id: record.id, label: record.label ?? "" }));
    },
    placeholderData: (previous) => previous,
  });
  const options = (found.data ?? []).map((one) => ({ value: String(one.id), label: one.label, shown: one.shown }));
  for (const value of values) {
    if (!options.some((option) => option.value === value)) {
      options.unshift({ value, label: knownName(kind, value) ?? "…", shown: undefined });
    }
  }
  return (
    <SelectMany
      aria-label={field.label}
      value={values}
      options={options}
      onSearch={setSearch}
      loading={found.isFetching}
      placeholder={t("common.select")}
      onChange={(next) => {
        for (const value of next) {
          const option = options.find((one) => one.value === value);
          if (option) rememberName(kind, value, option.label);
        }
        onChange(next);
      }}
    />
  );
}

function Values({ app, field, clause, onChange }: { app: string; field: FieldInfo; clause: Clause; onChange: (values: string[]) => void }) {
  const { comparison, values } = clause;
  if (complete({ ...clause, values: [] })) return null;
  if (comparison === "period") {
    return (
      <Select
        aria-label={field.label}
        value={values[0] ?? null}
        searchable={false}
        options={PERIODS.map((period) => ({ value: period as string, label: t(`words.${period}`) }))}
        onChange={(value) => onChange(value ? [value] : [])}
      />
    );
  }
  if (comparison === "in" || comparison === "not_in") {
    if (referenceKind(field)) return <References app={app} field={field} values={values} onChange={onChange} />;
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
      return <NumberInput aria-label={label} value={value || null} onChange={(next) => set(next ?? "")} />;
    if (field.value_type === "date" || field.value_type === "moment")
      return <DatePicker aria-label={label} value={value || null} onChange={(next) => set(next ?? "")} />;
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
          <Values app={app} field={field} clause={draft} onChange={(values) => setDraft({ ...draft, values })} />
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
