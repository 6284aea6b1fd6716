/** Some people, departments or linked records, found by typing. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import type { FieldInfo, RecordList } from "@/shared/types";
import { SelectMany } from "@/shared/ui/Select";
import { t } from "@/shared/texts/list";
import { findPeople } from "@/widgets/person";
import { type Found, useSearchText } from "@/widgets/pickers/RemoteSelect";
import { textOption } from "@/widgets/values";

import { knownName, referenceKind, rememberName } from "./words";

interface Props {
  app: string;
  field: FieldInfo;
  values: string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
}

export function References({ app, field, values, onChange, placeholder }: Props) {
  const [search, setSearch] = useSearchText();
  const kind = referenceKind(field) ?? "";
  const found = useQuery({
    queryKey: ["found", app, kind, search],
    queryFn: async ({ signal }): Promise<Found[]> => {
      if (kind === "person") return findPeople(search, signal);
      if (kind === "department") {
        const list = await api.get<{ departments: { id: number; name: string }[] }>(
          "/api/departments",
          { signal },
        );
        return list.departments
          .filter((one) => one.name.toLowerCase().includes(search.toLowerCase()))
          .map((one) => ({ id: one.id, label: one.name }));
      }
      const form = textOption(field, "form") ?? "";
      const list = await api.get<RecordList>(`/api/apps/${app}/records/${form}`, {
        query: { search, limit: 20, fields: "label" },
        signal,
      });
      return list.records.map((record) => ({ id: record.id, label: record.label ?? "" }));
    },
    placeholderData: (previous) => previous,
  });
  const options = (found.data ?? []).map((one) => ({
    value: String(one.id),
    label: one.label,
    shown: one.shown,
  }));
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
      placeholder={placeholder ?? t("common.select")}
      clearable
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
