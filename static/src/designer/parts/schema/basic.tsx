/** Editors of plain values: text, numbers, switches, choices, a time of day. */
import { useState } from "react";

import { localized } from "@/shared/i18n";
import { Input, TextArea } from "@/shared/ui/Input";
import { readNumber } from "@/shared/ui/NumberInput";
import { Select } from "@/shared/ui/Select";
import { Switch } from "@/shared/ui/Switch";

import { plain, type Json } from "../../core/json";
import { reworded, words } from "../../session";
import { mergeWord, useSeal, type EditorProps } from "./context";

/** A text of the definition: the words of the current language are edited, others stay. */
export function TextEditor({
  id,
  label,
  value,
  onChange,
  path,
  invalid,
  required,
  schema,
}: EditorProps) {
  const seal = useSeal();
  return (
    <Input
      id={id}
      aria-label={label}
      value={words(value)}
      status={invalid ? "error" : undefined}
      maxLength={schema.maxLength}
      autoComplete="off"
      onChange={(text) =>
        onChange(text || required ? reworded(value, text) : undefined, mergeWord(path))
      }
      onBlur={seal}
    />
  );
}

export function LongTextEditor({ id, label, value, onChange, path }: EditorProps) {
  const seal = useSeal();
  return (
    <TextArea
      id={id}
      aria-label={label}
      value={words(value)}
      autoSize={{ minRows: 2, maxRows: 8 }}
      onChange={(text) => onChange(text ? reworded(value, text) : undefined, mergeWord(path))}
      onBlur={seal}
    />
  );
}

export function PlainTextEditor({
  id,
  label,
  value,
  onChange,
  path,
  invalid,
  schema,
}: EditorProps) {
  const seal = useSeal();
  return (
    <Input
      id={id}
      aria-label={label}
      value={typeof value === "string" ? value : ""}
      status={invalid ? "error" : undefined}
      maxLength={schema.maxLength}
      autoComplete="off"
      onChange={(text) => onChange(text || undefined, mergeWord(path))}
      onBlur={seal}
    />
  );
}

/** A number; one that a float would bend is kept as text where the schema allows it. */
export function NumberEditor({ id, label, value, onChange, path, invalid, schema }: EditorProps) {
  const seal = useSeal();
  const shown = value == null ? "" : plain(value);
  const [typing, setTyping] = useState<string | null>(null);
  const texts = Array.isArray(schema.type) && schema.type.includes("string");
  const read = (text: string): Json | undefined => {
    const plain = readNumber(text);
    if (plain === null || !/^-?\d+(\.\d+)?$/.test(plain)) return undefined;
    const number = Number(plain);
    if (!texts) return schema.type === "integer" ? Math.round(number) : number;
    return Number.isSafeInteger(number) ? number : plain;
  };
  const placeholder = schema.default === undefined ? undefined : plain(schema.default);
  return (
    <Input
      id={id}
      aria-label={label}
      inputMode="decimal"
      autoComplete="off"
      placeholder={placeholder}
      value={typing ?? shown}
      status={invalid ? "error" : undefined}
      onChange={(text) => {
        setTyping(text);
        onChange(read(text), mergeWord(path));
      }}
      onBlur={() => {
        setTyping(null);
        seal();
      }}
    />
  );
}

export function BooleanEditor({ id, label, value, onChange, schema }: EditorProps) {
  const checked = value === undefined ? schema.default === true : value === true;
  return (
    <Switch
      id={id}
      label={label}
      checked={checked}
      onChange={(on) => onChange(on === (schema.default === true) ? undefined : on)}
    />
  );
}

export function ChoiceEditor({
  id,
  label,
  value,
  onChange,
  schema,
  required,
  invalid,
}: EditorProps) {
  const values = (schema.enum ?? []).map(String);
  const options = values.map((option) => ({
    value: option,
    label: localized(schema["x-labels"]?.[option]) || option,
  }));
  const current = value === undefined ? schema.default : value;
  return (
    <Select
      id={id}
      aria-label={label}
      value={current == null ? null : plain(current)}
      options={options}
      clearable={!required && schema.default === undefined}
      status={invalid ? "error" : undefined}
      onChange={(next) => {
        const original = (schema.enum ?? []).find((option) => String(option) === next);
        onChange(next === null ? undefined : (original ?? next));
      }}
    />
  );
}

/** A moment, chosen in the person's own time and kept with its offset: it means the same everywhere. */
export function MomentEditor({ id, label, value, onChange }: EditorProps) {
  const moment = typeof value === "string" ? new Date(value) : null;
  const shown = moment && !Number.isNaN(moment.getTime()) ? localMinute(moment) : "";
  return (
    <input
      id={id}
      aria-label={label}
      type="datetime-local"
      className="native-control"
      value={shown}
      onChange={({ target }) =>
        onChange(target.value ? new Date(target.value).toISOString() : undefined)
      }
    />
  );
}

function localMinute(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function TimeEditor({ id, label, value, onChange }: EditorProps) {
  return (
    <input
      id={id}
      aria-label={label}
      type="time"
      className="native-control"
      value={typeof value === "string" ? value : ""}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  );
}
