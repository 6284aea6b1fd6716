/** Text inputs. All are controlled and speak plain strings. */
import { Input as AntInput, type InputProps, type InputRef } from "antd";
import type { TextAreaProps, TextAreaRef } from "antd/es/input/TextArea";
import type { Ref } from "react";

import { Icon } from "../icons";
import { t } from "../texts";

export type { InputRef };

export interface TextInputProps extends Omit<InputProps, "onChange" | "value" | "prefix"> {
  value: string;
  onChange: (value: string) => void;
  prefix?: InputProps["prefix"];
  ref?: Ref<InputRef>;
}

export function Input({ onChange, ...rest }: TextInputProps) {
  return <AntInput {...rest} onChange={(event) => onChange(event.target.value)} />;
}

export function PasswordInput({ onChange, ...rest }: TextInputProps) {
  return (
    <AntInput.Password
      {...rest}
      iconRender={(shown) => <Icon name={shown ? "eye" : "eye-off"} />}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export interface TextAreaInputProps extends Omit<TextAreaProps, "onChange" | "value" | "autoSize"> {
  value: string;
  onChange: (value: string) => void;
  /** It grows with its text between these many lines. */
  autoSize?: { minRows: number; maxRows: number };
  ref?: Ref<TextAreaRef>;
}

/** Grows by CSS: the library measures with a style attribute that the CSP refuses. */
export function TextArea({
  onChange,
  autoSize = { minRows: 3, maxRows: 12 },
  style,
  ...rest
}: TextAreaInputProps) {
  const lines = (rows: number) => `${rows * 22 + 10}px`;
  return (
    <AntInput.TextArea
      {...rest}
      rows={autoSize.minRows}
      style={{
        fieldSizing: "content",
        minHeight: lines(autoSize.minRows),
        maxHeight: lines(autoSize.maxRows),
        resize: "none",
        ...style,
      }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface SearchProps extends Omit<TextInputProps, "prefix"> {
  label: string;
}

export function SearchInput({ label, placeholder, ...rest }: SearchProps) {
  return (
    <Input
      {...rest}
      allowClear={{ clearIcon: <Icon name="close" size={12} label={t("common.clear")} /> }}
      type="text"
      role="searchbox"
      inputMode="search"
      aria-label={label}
      placeholder={placeholder ?? label}
      prefix={<Icon name="search" style={{ color: "var(--text-3)" }} />}
    />
  );
}
