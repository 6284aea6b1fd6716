/** One of a list, or several; with search in labels. */
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
  multiple?: false;
  value: V | null | undefined;
  onChange: (value: V | null) => void;
}

interface Several<V extends string | number> extends Common<V> {
  multiple: true;
  value: readonly V[] | null | undefined;
  onChange: (value: V[]) => void;
}

export function Select<V extends string | number = string>(props: One<V> | Several<V>) {
  const {
    options,
    clearable,
    searchable,
    onSearch,
    width,
    empty,
    multiple,
    value,
    onChange,
    ...rest
  } = props;
  return (
    <AntSelect<V | V[] | null, SelectOption<V>>
      {...rest}
      mode={multiple ? "multiple" : undefined}
      value={
        multiple
          ? ([...((value as readonly V[] | null) ?? [])] as V[])
          : ((value as V | null) ?? null)
      }
      options={options as SelectOption<V>[]}
      optionRender={(option) => option.data.shown ?? option.data.label}
      labelRender={(chosen) =>
        options.find((option) => option.value === chosen.value)?.shown ??
        chosen.label ??
        String(chosen.value)
      }
      allowClear={clearable ? { clearIcon: <Icon name="close" size={12} /> } : false}
      suffixIcon={<Icon name="chevron-down" size={14} />}
      menuItemSelectedIcon={multiple ? <Icon name="check" size={14} /> : undefined}
      showSearch={
        onSearch
          ? { filterOption: false, onSearch }
          : (searchable ?? options.length > 8)
            ? { optionFilterProp: "label" }
            : multiple
              ? { optionFilterProp: "label" }
              : false
      }
      notFoundContent={empty ?? <span className="muted">{t("common.noMatch")}</span>}
      popupMatchSelectWidth={false}
      listHeight={288}
      style={{ width: width ?? "100%" }}
      onChange={(next) => {
        if (multiple) (onChange as (v: V[]) => void)((next as V[] | null) ?? []);
        else (onChange as (v: V | null) => void)((next as V | undefined) ?? null);
      }}
    />
  );
}
