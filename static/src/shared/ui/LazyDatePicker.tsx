import { DatePicker as AntDatePicker } from "antd";
import dayjs from "dayjs";

import { getTimezone } from "../format";
import { Icon } from "../icons";
import { language } from "../i18n";
import { toMoment, toWall } from "../zones";
import type { DatePickerProps } from "./DatePicker";

if (language !== "en") await import("dayjs/locale/zh-cn").then(() => dayjs.locale("zh-cn"));

export default function LazyDatePicker({
  value,
  onChange,
  time,
  zone = getTimezone(),
  ...rest
}: DatePickerProps) {
  const wall = value ? (time ? toWall(value, zone) : value.slice(0, 10)) : null;
  return (
    <AntDatePicker
      {...rest}
      style={{ width: "100%" }}
      value={wall ? dayjs(wall) : null}
      showTime={time ? { format: "HH:mm" } : false}
      format={time ? "YYYY-MM-DD HH:mm" : ["YYYY-MM-DD", "YYYY/M/D", "YYYYMMDD", "YYYY.M.D"]}
      suffixIcon={<Icon name="calendar" />}
      // Enter takes the date that was typed; it must not send the form around it as well.
      onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      onChange={(next) => {
        if (!next) onChange(null);
        else if (time) onChange(toMoment(next.format("YYYY-MM-DDTHH:mm:00"), zone));
        else onChange(next.format("YYYY-MM-DD"));
      }}
    />
  );
}
