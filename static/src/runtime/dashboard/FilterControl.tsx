/** One filter of a dashboard: a period, some options, some people. */
import { useState } from "react";

import { type Clause, PERIODS } from "@/shared/filter";
import type { FieldInfo } from "@/shared/types";
import { DatePicker } from "@/shared/ui/DatePicker";
import { Input } from "@/shared/ui/Input";
import { Popover } from "@/shared/ui/Popover";
import { Select, SelectMany } from "@/shared/ui/Select";
import { Button } from "@/shared/ui/Button";
import { t } from "@/shared/texts/dashboard";
import { optionsOf } from "@/widgets/values";

import { References } from "../list/References";
import { referenceKind } from "../list/words";

interface Props {
  app: string;
  field: FieldInfo;
  clause: Clause | null;
  onChange: (clause: Clause | null) => void;
}

const CUSTOM = "custom";

export function FilterControl({ app, field, clause, onChange }: Props) {
  const [choosing, setChoosing] = useState(false);
  const several = (values: string[]) =>
    onChange(values.length ? { field: field.key, comparison: "in", values } : null);
  if (field.value_type === "date" || field.value_type === "moment") {
    const [from = "", to = ""] = clause?.comparison === "between" ? clause.values : [];
    const value =
      clause?.comparison === "period" ? (clause.values[0] ?? null) : clause ? CUSTOM : null;
    return (
      <Popover
        open={choosing}
        onOpenChange={(open) => !open && setChoosing(false)}
        content={
          <Range
            label={field.label}
            from={from}
            to={to}
            onApply={(values) => {
              setChoosing(false);
              onChange({ field: field.key, comparison: "between", values });
            }}
          />
        }
      >
        <span className="dash-control">
          <Select
            aria-label={field.label}
            value={value}
            placeholder={t("dashboard.anyTime")}
            clearable
            searchable={false}
            options={[
              ...PERIODS.map((period) => ({
                value: period,
                label: t(`period.${period}`),
              })),
              { value: CUSTOM, label: from && to ? `${from} – ${to}` : t("dashboard.custom") },
            ]}
            onChange={(next) => {
              if (next === CUSTOM) setChoosing(true);
              else
                onChange(next ? { field: field.key, comparison: "period", values: [next] } : null);
            }}
          />
        </span>
      </Popover>
    );
  }
  const values = clause?.comparison === "in" ? clause.values : [];
  const options = optionsOf(field);
  if (options.length) {
    return (
      <span className="dash-control">
        <SelectMany
          aria-label={field.label}
          value={values}
          placeholder={t("dashboard.any")}
          clearable
          options={options.map((option) => ({ value: option.value, label: option.label }))}
          onChange={several}
        />
      </span>
    );
  }
  if (referenceKind(field)) {
    return (
      <span className="dash-control">
        <References
          app={app}
          field={field}
          values={values}
          placeholder={t("dashboard.any")}
          onChange={several}
        />
      </span>
    );
  }
  return (
    <span className="dash-control">
      <Input
        aria-label={field.label}
        value={clause?.values[0] ?? ""}
        placeholder={t("dashboard.any")}
        onChange={(text) =>
          onChange(text ? { field: field.key, comparison: "contains", values: [text] } : null)
        }
      />
    </span>
  );
}

function Range({
  label,
  from,
  to,
  onApply,
}: {
  label: string;
  from: string;
  to: string;
  onApply: (values: string[]) => void;
}) {
  const [start, setStart] = useState<string | null>(from || null);
  const [end, setEnd] = useState<string | null>(to || null);
  return (
    <div className="stack">
      <div className="row">
        <DatePicker aria-label={`${label} 1`} value={start} onChange={setStart} />
        <span className="muted">–</span>
        <DatePicker aria-label={`${label} 2`} value={end} onChange={setEnd} />
      </div>
      <Button
        kind="primary"
        disabled={!start || !end}
        onClick={() => start && end && onApply([start, end])}
      >
        {t("dashboard.filters")}
      </Button>
    </div>
  );
}
