/** The parts of a serial number in their order, with an example of the next one. */
import { plain } from "../../core/json";
import { Button, IconButton } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Select } from "@/shared/ui/Select";

import type { JsonObject } from "../../core/json";
import { t } from "../../texts";
import { useSeal, type EditorProps } from "./context";

const DATES = ["YYYYMMDD", "YYYYMM", "YYYY", "YYMM", "YYMMDD", "YY", "MM", "DD"];
const RESETS = ["never", "year", "month", "week", "day"] as const;

function resetLabel(reset: string): string {
  if (reset === "year") return t("form.resetYear");
  if (reset === "month") return t("form.resetMonth");
  if (reset === "week") return t("form.resetWeek");
  if (reset === "day") return t("form.resetDay");
  return t("form.resetNever");
}

export function exampleOf(pattern: readonly JsonObject[], now: Date): string {
  const year = String(now.getFullYear());
  const month = String(now.getMonth() + 1).padStart(2, "0");
  const day = String(now.getDate()).padStart(2, "0");
  return pattern
    .map((part) => {
      if (typeof part.text === "string") return part.text;
      if (typeof part.date === "string")
        return part.date
          .replace("YYYY", year)
          .replace("YY", year.slice(2))
          .replace("MM", month)
          .replace("DD", day);
      return "1".padStart(Number(part.counter ?? 4), "0");
    })
    .join("");
}

export function PatternEditor({ label, value, onChange, schema, path }: EditorProps) {
  const seal = useSeal();
  const parts = (Array.isArray(value) ? value : []) as JsonObject[];
  const put = (next: JsonObject[], merge?: string) => onChange(next, merge);
  const change = (index: number, part: JsonObject, merge?: string) =>
    put(
      parts.map((other, at) => (at === index ? part : other)),
      merge,
    );
  const allowed =
    schema.items?.oneOf?.find((one) => one.properties?.date)?.properties?.date?.enum?.map(String) ??
    DATES;
  const resets = schema.items?.oneOf
    ?.find((one) => one.properties?.reset)
    ?.properties?.reset?.enum?.map(String) ?? [...RESETS];
  return (
    <div className="stack" role="group" aria-label={label}>
      {parts.map((part, index) => (
        <div key={index} className="pattern-part">
          {"text" in part && (
            <Input
              aria-label={t("form.patternText")}
              value={plain(part.text)}
              maxLength={20}
              onChange={(text) =>
                change(index, { text: text || "-" }, `pattern:${path.join()}:${index}`)
              }
              onBlur={seal}
            />
          )}
          {"date" in part && (
            <Select
              aria-label={t("form.patternDate")}
              value={plain(part.date)}
              options={allowed.map((one) => ({
                value: one,
                label: `${t("form.patternDate")} ${one}`,
              }))}
              onChange={(date) => change(index, { date: date ?? "YYYYMM" })}
            />
          )}
          {"counter" in part && (
            <>
              <Select
                aria-label={t("form.patternDigits")}
                value={String(part.counter as number)}
                options={[2, 3, 4, 5, 6, 8].map((digits) => ({
                  value: String(digits),
                  label: t("form.digits", { n: digits }),
                }))}
                onChange={(digits) => change(index, { ...part, counter: Number(digits ?? 4) })}
              />
              <Select
                aria-label={t("form.patternReset")}
                value={String((part.reset as string | undefined) ?? "never")}
                options={resets.map((reset) => ({ value: reset, label: resetLabel(reset) }))}
                onChange={(reset) => change(index, { ...part, reset: reset ?? "never" })}
              />
            </>
          )}
          <IconButton
            icon="arrow-up"
            size="small"
            label={t("d.moveUp")}
            disabled={index === 0}
            onClick={() =>
              put([
                ...parts.slice(0, index - 1),
                part,
                parts[index - 1] as JsonObject,
                ...parts.slice(index + 1),
              ])
            }
          />
          <IconButton
            icon="close"
            size="small"
            label={t("common.remove")}
            disabled={"counter" in part}
            onClick={() => put(parts.filter((_part, at) => at !== index))}
          />
        </div>
      ))}
      <div className="row">
        <Button size="small" icon="add" onClick={() => put([{ text: "-" }, ...parts])}>
          {t("form.patternText")}
        </Button>
        <Button size="small" icon="add" onClick={() => put([{ date: "YYYYMM" }, ...parts])}>
          {t("form.patternDate")}
        </Button>
      </div>
      <p className="meta">{t("form.example", { text: exampleOf(parts, new Date()) })}</p>
    </div>
  );
}
