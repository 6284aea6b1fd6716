/** Editors of durations: one, one before or after a date, and a list of reminders. */
import { useEffect, useState } from "react";

import { Button, IconButton } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Select } from "@/shared/ui/Select";

import { t } from "../../texts";
import { unitLabel } from "../duration_words";
import type { EditorProps } from "./context";

const UNITS = ["m", "h", "d", "w"] as const;

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
