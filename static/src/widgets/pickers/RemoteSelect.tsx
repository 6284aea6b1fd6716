/** A choice among what the server finds for the typed text. */
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";

import { type SelectOption, Select } from "@/shared/ui/Select";
import { Skeleton } from "@/shared/ui/Skeleton";

export interface Found {
  /** 0 where only the label is known, as for what an import proposes. */
  id: number;
  label: string;
  shown?: ReactNode;
  meta?: string;
}

interface Props {
  /** Names the list in the cache. */
  name: readonly unknown[];
  find: (search: string, signal: AbortSignal) => Promise<Found[]>;
  value: Found | null;
  onChange: (value: Found | null) => void;
  label: string;
  id: string;
  clearable?: boolean;
  disabled?: boolean;
  autoFocus?: boolean;
  defaultOpen?: boolean;
  invalid?: boolean;
  describedBy?: string;
  placeholder?: string;
  empty?: ReactNode;
}

export function useSearchText(): [string, (text: string) => void] {
  const [typed, setTyped] = useState("");
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), 180);
    return () => clearTimeout(timer);
  }, [typed]);
  return [settled, setTyped];
}

export function RemoteSelect({
  name,
  find,
  value,
  onChange,
  label,
  invalid,
  describedBy,
  empty,
  ...rest
}: Props) {
  const [search, setSearch] = useSearchText();
  const [touched, setTouched] = useState(!!rest.defaultOpen);
  const found = useQuery({
    queryKey: ["found", ...name, search],
    queryFn: ({ signal }) => find(search, signal),
    enabled: touched,
    placeholderData: (previous) => previous,
  });
  const list = found.data ?? [];
  const chosen = value?.id === 0 ? (list.find((one) => one.label === value.label) ?? value) : value;
  const options: SelectOption<number>[] = list.map((one) => ({
    value: one.id,
    label: one.label,
    shown: one.shown ?? one.label,
  }));
  if (chosen && !list.some((one) => one.id === chosen.id)) {
    options.unshift({ value: chosen.id, label: chosen.label, shown: chosen.shown ?? chosen.label });
  }
  return (
    <div
      className="remote-select"
      onFocus={() => setTouched(true)}
      onPointerDown={() => setTouched(true)}
    >
      <Select<number>
        {...rest}
        aria-label={label}
        value={chosen?.id ?? null}
        options={options}
        onSearch={setSearch}
        loading={found.isFetching}
        status={invalid ? "error" : undefined}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        empty={found.isPending ? <Skeleton lines={2} /> : empty}
        onChange={(id) => {
          setSearch("");
          onChange(id === null ? null : (list.find((one) => one.id === id) ?? value));
        }}
      />
    </div>
  );
}
