/** A decimal as a string: grouped when at rest, plain while typing; full-width digits are understood. */
import { type Ref, useState } from "react";

import { number } from "../format";
import { Input, type InputRef, type TextInputProps } from "./Input";

interface Props extends Omit<TextInputProps, "value" | "onChange"> {
  value: string | null;
  onChange: (value: string | null) => void;
  scale?: number | null;
  thousands?: boolean;
  ref?: Ref<InputRef>;
}

/** What a person typed as a decimal string; other text is kept so that the problem can be shown at it. */
export function readNumber(text: string): string | null {
  const plain = text
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[,，\s]/g, "")
    .replace(/^\+/, "");
  if (plain === "") return null;
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(plain)) return plain;
  const negative = plain.startsWith("-");
  const [whole = "", fraction = ""] = plain.replace("-", "").split(".");
  const result = `${whole.replace(/^0+(?=\d)/, "") || "0"}${fraction ? `.${fraction}` : ""}`;
  return negative ? `-${result}` : result;
}

export function NumberInput({
  value,
  onChange,
  scale,
  thousands,
  onBlur,
  onFocus,
  style,
  ...rest
}: Props) {
  const [typing, setTyping] = useState<string | null>(null);
  const shown = typing ?? (value == null ? "" : number(value, scale, thousands));
  return (
    <Input
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      style={{ textAlign: "right", ...style }}
      value={shown}
      onFocus={(event) => {
        setTyping(value ?? "");
        onFocus?.(event);
      }}
      onBlur={(event) => {
        setTyping(null);
        onBlur?.(event);
      }}
      onChange={(text) => {
        setTyping(text);
        onChange(readNumber(text));
      }}
    />
  );
}
