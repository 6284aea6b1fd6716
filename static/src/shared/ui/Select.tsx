/** One of a list (`Select`), or several (`SelectMany`); with search in labels. */
import { Select as AntSelect } from "antd";
import type { ReactNode } from "react";

import { Icon } from "../icons";
import { t } from "../texts";

export interface SelectOption<V extends string | number = string> {
  value: V;
  label: string;
  /** Shown instead of the label in the list and when chosen. */
  shown?: ReactNode;
  disabled?: boolean;
}

interface Common<V extends string | number> {
  options: readonly SelectOption<V>[];
  placeholder?: string;
  disabled?: boolean;
  clearable?: boolean;
  searchable?: boolean;
  /** Given for lists that the server searches; the local filter is then off. */
  onSearch?: (text: string) => void;
  loading?: boolean;
  autoFocus?: boolean;
  defaultOpen?: boolean;
  id?: string;
  size?: "small" | "middle" | "large";
  width?: number | string;
  "aria-label"?: string;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
  onBlur?: () => void;
  status?: "error";
  empty?: ReactNode;
  className?: string;
  variant?: "outlined" | "borderless" | "filled";
}

interface One<V extends string | number> extends Common<V> {
  value: V | null | undefined;
  onChange: (value: V | null) => void;
}

interface Several<V extends string | number> extends Common<V> {
  value: readonly V[] | null | undefined;
  onChange: (value: V[]) => void;
}

function common<V extends string | number>({
  options,
  clearable,
  searchable,
  onSearch,
  width,
  empty,
}: Pick<Common<V>, "options" | "clearable" | "searchable" | "onSearch" | "width" | "empty">) {
  return {
    options: [...options],
    optionRender: (option: { data: SelectOption<V> }) => option.data.shown ?? option.data.label,
    labelRender: (chosen: { value?: unknown; label?: ReactNode }) =>
      options.find((option) => option.value === chosen.value)?.shown ??
      chosen.label ??
      String(chosen.value),
    allowClear: clearable ? { clearIcon: <Icon name="close" size={12} /> } : false,
    suffixIcon: <Icon name="chevron-down" size={14} />,
    showSearch: onSearch
      ? { filterOption: false as const, onSearch }
      : (searchable ?? options.length > 8)
        ? { optionFilterProp: "label" }
        : false,
    notFoundContent: empty ?? <span className="muted">{t("common.noMatch")}</span>,
    popupMatchSelectWidth: false,
    listHeight: 288,
    style: { width: width ?? "100%" },
  };
}

export function Select(props: Several<string> & { multiple: true }): ReactNode;
export function Select<V extends string | number = string>(props: One<V>): ReactNode;
export function Select(props: One<string> | (Several<string> & { multiple: true })): ReactNode {
  if ("multiple" in props) {
    const { multiple: _, ...several } = props;
    return <SelectMany {...several} />;
  }
  return <SelectOne {...props} />;
}

function SelectOne<V extends string | number>({
  options,
  clearable,
  searchable,
  onSearch,
  width,
  empty,
  value,
  onChange,
  ...rest
}: One<V>) {
  return (
    <AntSelect<V, SelectOption<V>>
      {...rest}
      {...common({ options, clearable, searchable, onSearch, width, empty })}
      value={value ?? null}
      onChange={(next: V | undefined) => onChange(next ?? null)}
    />
  );
}

export function SelectMany<V extends string | number = string>({
  options,
  clearable,
  searchable = true,
  onSearch,
  width,
  empty,
  value,
  onChange,
  ...rest
}: Several<V>) {
  return (
    <AntSelect<V[], SelectOption<V>>
      {...rest}
      {...common({ options, clearable, searchable, onSearch, width, empty })}
      mode="multiple"
      menuItemSelectedIcon={<Icon name="check" size={14} />}
      value={[...(value ?? [])]}
      onChange={(next: V[] | undefined) => onChange(next ?? [])}
    />
  );
}
