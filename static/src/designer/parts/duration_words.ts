/** Durations as people say them. */
import { t } from "../texts";

export function unitLabel(unit: string): string {
  if (unit === "m") return t("flow.minutes");
  if (unit === "h") return t("flow.hours");
  if (unit === "w") return t("flow.weeks");
  return t("flow.days");
}

function oneLabel(unit: string): string {
  if (unit === "m") return t("flow.oneMinute");
  if (unit === "h") return t("flow.oneHour");
  if (unit === "w") return t("flow.oneWeek");
  return t("flow.oneDay");
}

export function durationWords(value: string): string {
  return value
    .replace(/(\d+)([mhdw])/g, (_whole, amount: string, unit: string) =>
      amount === "1" ? oneLabel(unit) : `${amount} ${unitLabel(unit)}`,
    )
    .replace(/^-/, "");
}
