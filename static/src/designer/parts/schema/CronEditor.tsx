/** A schedule in words; what words do not cover is written as a cron line. */
import { Input } from "@/shared/ui/Input";
import { Select } from "@/shared/ui/Select";

import { language } from "../../session";
import { t } from "../../texts";
import { mergeWord, useSeal, type EditorProps } from "./context";

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0];

export function weekdayLabel(day: number): string {
  // 2023-01-01 was a Sunday.
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(
    new Date(Date.UTC(2023, 0, 1 + day)),
  );
}

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
