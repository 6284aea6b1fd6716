/** What stands on a report's shelves: a dimension with its grain, a measure with what it works out. */
import { localized } from "@/shared/i18n";
import { IconButton } from "@/shared/ui/Button";
import { Select } from "@/shared/ui/Select";

import type { Dimension, Measure } from "../core/definitions";
import type { Report } from "../core/report";
import { useDocuments, useSession } from "../session";
import { t } from "../texts";
import { fieldLabel, grainLabel, measureWords } from "./report_words";

interface DimensionProps {
  dimension: Dimension;
  label: string;
  isTime: boolean;
  grains: readonly string[];
  onChange: (dimension: Dimension) => void;
  onRemove: () => void;
}

export function DimensionRow({
  dimension,
  label,
  isTime,
  grains,
  onChange,
  onRemove,
}: DimensionProps) {
  return (
    <div className="row shelf-row">
      <span className="grow ellipsis">{label}</span>
      {isTime && (
        <Select
          aria-label={`${label}: ${t("report.grain")}`}
          size="small"
          width={80}
          value={dimension.by ?? "month"}
          options={grains.map((grain) => ({ value: grain, label: grainLabel(grain) }))}
          onChange={(by) => onChange({ ...dimension, by: by ?? "month" })}
        />
      )}
      <IconButton
        icon="close"
        size="small"
        label={`${t("common.remove")}: ${label}`}
        onClick={onRemove}
      />
    </div>
  );
}

interface MeasureProps {
  measure: Measure;
  report: Report;
  onChange: (measure: Measure) => void;
  onRemove: (() => void) | null;
}

export function MeasureRow({ measure, report, onChange, onRemove }: MeasureProps) {
  const { catalogue } = useSession();
  const documents = useDocuments();
  const field = measure.field ? fieldLabel(documents, report.form, measure.field) : "";
  const kinds = catalogue.measures.filter((kind) => {
    const takesField = kind.options_schema.properties?.field !== undefined;
    return measure.field ? takesField : !takesField && kind.key === "count";
  });
  const label = measureWords(catalogue, measure, field);
  return (
    <div className="row shelf-row">
      <span className="grow ellipsis">{measure.field ? field : t("report.recordCount")}</span>
      {measure.field && (
        <Select
          aria-label={`${label}: ${t("report.measureOf")}`}
          size="small"
          width={104}
          value={measure.of}
          options={kinds.map((kind) => ({ value: kind.key, label: localized(kind.label) }))}
          onChange={(of) => onChange({ ...measure, of: of ?? "sum" })}
        />
      )}
      {onRemove && (
        <IconButton
          icon="close"
          size="small"
          label={`${t("common.remove")}: ${label}`}
          onClick={onRemove}
        />
      )}
    </div>
  );
}
