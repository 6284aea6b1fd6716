/** Editors of plain values: text, numbers, switches, choices, durations, colours, icons. */
import { plain } from "../../core/json";
import { useEffect, useState } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import { Input, TextArea } from "@/shared/ui/Input";
import { IconButton } from "@/shared/ui/Button";
import { Button } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Select";
import { Switch } from "@/shared/ui/Switch";
import { readNumber } from "@/shared/ui/NumberInput";

import type { Json } from "../../core/json";
import { language, reworded, useSession, words } from "../../session";
import { t } from "../../texts";
import { useSeal, type EditorProps } from "./context";

function mergeWord(path: readonly string[]): string {
  return `type:${path.join("/")}`;
}

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

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0];

export function weekdayLabel(day: number): string {
  // 2023-01-01 was a Sunday.
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(
    new Date(Date.UTC(2023, 0, 1 + day)),
  );
}

/** A schedule in words; what words do not cover is written as a cron line. */
export function CronEditor({ id, label, value, onChange, path }: EditorProps) {
  const seal = useSeal();
  const text = typeof value === "string" ? value : "";
  const found = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|1-5|\d)$/.exec(text);
  const [, minute = "0", hour = "9", day = "*", weekday = "*"] = found ?? [];
  const every = !found
    ? "custom"
    : day !== "*"
      ? "month"
      : weekday === "1-5"
        ? "workday"
        : weekday !== "*"
          ? "week"
          : "day";
  const put = (
    kind: string,
    at: { hour?: string; minute?: string; day?: string; weekday?: string } = {},
  ) => {
    const time = `${Number(at.minute ?? minute)} ${Number(at.hour ?? hour)}`;
    if (kind === "day") onChange(`${time} * * *`);
    else if (kind === "workday") onChange(`${time} * * 1-5`);
    else if (kind === "week")
      onChange(`${time} * * ${at.weekday ?? (/^\d$/.test(weekday) ? weekday : "1")}`);
    else if (kind === "month") onChange(`${time} ${at.day ?? (day === "*" ? "1" : day)} * *`);
    else onChange("0 */2 * * *");
  };
  return (
    <div className="row is-wrapping">
      <Select
        id={id}
        aria-label={label}
        width={128}
        value={every}
        options={[
          { value: "day", label: t("flow.everyDay") },
          { value: "workday", label: t("flow.everyWorkday") },
          { value: "week", label: t("flow.everyWeek") },
          { value: "month", label: t("flow.everyMonth") },
          { value: "custom", label: t("flow.everyCustom") },
        ]}
        onChange={(kind) => put(kind ?? "day")}
      />
      {every === "week" && (
        <Select
          aria-label={t("flow.weekday")}
          width={112}
          value={weekday}
          options={WEEKDAYS.map((one) => ({ value: String(one), label: weekdayLabel(one) }))}
          onChange={(next) => put("week", { weekday: next ?? "1" })}
        />
      )}
      {every === "month" && (
        <Select
          aria-label={t("flow.monthday")}
          width={88}
          value={day}
          options={Array.from({ length: 28 }, (_one, index) => ({
            value: String(index + 1),
            label: t("flow.dayN", { n: index + 1 }),
          }))}
          onChange={(next) => put("month", { day: next ?? "1" })}
        />
      )}
      {every === "custom" ? (
        <Input
          aria-label={label}
          value={text}
          onChange={(next) => onChange(next || undefined, mergeWord(path))}
          onBlur={seal}
          className="is-code"
        />
      ) : (
        <input
          type="time"
          className="native-control"
          aria-label={t("flow.time")}
          value={`${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`}
          onChange={(event) => {
            const [h = "9", m = "0"] = event.target.value.split(":");
            put(every, { hour: h, minute: m });
          }}
        />
      )}
    </div>
  );
}

const UNITS = ["m", "h", "d", "w"] as const;

export function unitLabel(unit: string): string {
  if (unit === "m") return t("flow.minutes");
  if (unit === "h") return t("flow.hours");
  if (unit === "w") return t("flow.weeks");
  return t("flow.days");
}

export function durationWords(value: string): string {
  return value
    .replace(
      /(\d+)([mhdw])/g,
      (_whole, amount: string, unit: string) => `${amount} ${unitLabel(unit)}`,
    )
    .replace(/^-/, "");
}

function DurationInput({
  id,
  label,
  value,
  onChange,
}: {
  id?: string;
  label: string;
  value: string;
  onChange: (value: string | undefined) => void;
}) {
  const [, sign = "", amount = "", unit = "d"] = /^(-?)(\d+)([mhdw])/.exec(value) ?? [];
  const [typed, setTyped] = useState(amount);
  useEffect(() => setTyped(amount), [amount]);
  return (
    <div className="row">
      <Input
        id={id}
        aria-label={label}
        inputMode="numeric"
        value={typed}
        style={{ width: 80 }}
        onChange={(text) => {
          setTyped(text);
          if (/^\d{1,4}$/.test(text)) onChange(`${sign}${text}${unit}`);
          else if (!text) onChange(undefined);
        }}
      />
      <Select
        aria-label={t("flow.unit")}
        value={unit}
        width={88}
        options={UNITS.map((one) => ({ value: one, label: unitLabel(one) }))}
        onChange={(next) => onChange(`${sign}${typed || "1"}${next ?? "d"}`)}
      />
    </div>
  );
}

/** A duration; beside a date it may also lie before it. */
export function DurationEditor({ id, label, value, onChange, path, siblings }: EditorProps) {
  const text = typeof value === "string" ? value : "";
  const signed = path.at(-1) === "offset" || siblings.until !== undefined;
  if (!signed) return <DurationInput id={id} label={label} value={text} onChange={onChange} />;
  return (
    <div className="row">
      <DurationInput
        id={id}
        label={label}
        value={text.replace(/^-/, "")}
        onChange={(next) => onChange(next && text.startsWith("-") ? `-${next}` : next)}
      />
      <Select
        aria-label={label}
        width={84}
        value={text.startsWith("-") ? "-" : "+"}
        options={[
          { value: "-", label: t("flow.before") },
          { value: "+", label: t("flow.after") },
        ]}
        onChange={(sign) => onChange(`${sign === "-" ? "-" : ""}${text.replace(/^-/, "") || "0d"}`)}
      />
    </div>
  );
}

/** Reminders: each so long before or after the moment. */
export function DurationsEditor({ label, value, onChange }: EditorProps) {
  const all = Array.isArray(value) ? value.map(String) : [];
  const put = (next: string[]) => onChange(next.length ? next : undefined);
  return (
    <div className="stack">
      {all.map((one, index) => (
        <div key={index} className="row">
          <Select
            aria-label={label}
            width={84}
            value={one.startsWith("-") ? "-" : "+"}
            options={[
              { value: "-", label: t("flow.before") },
              { value: "+", label: t("flow.after") },
            ]}
            onChange={(sign) =>
              put(
                all.map((other, at) =>
                  at === index ? `${sign === "-" ? "-" : ""}${one.replace(/^-/, "")}` : other,
                ),
              )
            }
          />
          <DurationInput
            label={label}
            value={one.replace(/^-/, "")}
            onChange={(next) =>
              next &&
              put(
                all.map((other, at) =>
                  at === index ? `${one.startsWith("-") ? "-" : ""}${next}` : other,
                ),
              )
            }
          />
          <IconButton
            icon="close"
            size="small"
            label={t("common.remove")}
            onClick={() => put(all.filter((_one, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button size="small" icon="add" onClick={() => put([...all, "-1h"])}>
          {t("flow.addReminder")}
        </Button>
      </div>
    </div>
  );
}

export function ColorEditor({ label, value, onChange }: EditorProps) {
  const { catalogue } = useSession();
  return (
    <div className="swatches" role="radiogroup" aria-label={label}>
      {catalogue.colors.map((color) => (
        <button
          key={color}
          type="button"
          role="radio"
          aria-checked={value === color}
          aria-label={color}
          className={`plain swatch swatch-${color}`}
          onClick={() => onChange(color)}
        />
      ))}
    </div>
  );
}

export function IconEditor({ label, value, onChange }: EditorProps) {
  const { catalogue } = useSession();
  return (
    <div className="icon-choice" role="radiogroup" aria-label={label}>
      {catalogue.icons.map((icon) => (
        <button
          key={icon}
          type="button"
          role="radio"
          aria-checked={value === icon}
          aria-label={icon}
          className="plain"
          onClick={() => onChange(icon)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}
