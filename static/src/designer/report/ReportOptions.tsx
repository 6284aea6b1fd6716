/** The panel of a report: chart, dimensions, measures, funnel, filter, order; and the chart's own options. */
import { useId } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import type { Problem } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";
import { Problems } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";
import { toast } from "@/shared/ui/toast";

import type { Dimension, Measure } from "../core/definitions";
import { withValue, type Json } from "../core/json";
import type { Option } from "../core/options";
import {
  roleOf,
  suitedChart,
  withChart,
  withDropped,
  withoutDimension,
  withoutMeasure,
  type Report,
} from "../core/report";
import { ConditionBuilder } from "../parts/ConditionBuilder";
import { systemFields, useFields } from "../parts/schema/context";
import { SchemaForm } from "../parts/schema/SchemaForm";
import { reworded, useDocuments, useSession, words } from "../session";
import { t } from "../texts";
import { chartIcon, fieldLabel, grainLabel, measureWords, sortKeys } from "./report_words";

interface Props {
  report: Report;
  problems: readonly (Problem & { inner: string })[];
  onChange: (change: (report: Report) => Report, merge?: string) => void;
}

export function ReportOptions({ report, problems, onChange }: Props) {
  const session = useSession();
  const documents = useDocuments();
  const { catalogue } = session;
  const id = useId();
  const choices = [...useFields(report.form), ...systemFields()];
  const fields = Object.fromEntries(
    choices.map((choice) => [
      choice.key,
      { ...choice.field, type: choice.field.type === "lookup" ? choice.type : choice.field.type },
    ]),
  );
  const chart = report.chart?.type ?? "table";
  const kind = catalogue.charts.find((one) => one.key === chart);
  const dimensions = report.dimensions ?? [];
  const measures = report.measures ?? [];
  const grains = catalogue.grains.map((grain) => (typeof grain === "string" ? grain : grain.key));
  const set = (name: string, value: Json | undefined, merge?: string) =>
    onChange(
      (body) => withValue(body as unknown as Json, [name], value) as unknown as Report,
      merge,
    );
  const keys = sortKeys(catalogue, documents, report);
  const sort = report.sort?.[0] ?? "";
  return (
    <div className="properties">
      <Problems problems={problems} />
      <div className="control-group">
        <label htmlFor={`${id}-name`} className="control-label">
          {t("report.name")}
        </label>
        <Input
          id={`${id}-name`}
          value={words(report.label)}
          maxLength={80}
          onChange={(text) =>
            text.trim() && set("label", reworded(report.label, text), "report_label")
          }
          onBlur={() => session.workspace.seal(`report/${report.key}`)}
        />
      </div>
      <div className="control-group">
        <span className="control-label">{t("report.chart")}</span>
        <div className="chart-choice" role="radiogroup" aria-label={t("report.chart")}>
          {catalogue.charts.map((one) => (
            <button
              key={one.key}
              type="button"
              role="radio"
              className="plain"
              aria-checked={chart === one.key}
              onClick={() => {
                if (one.key === "funnel" && !choices.some(({ field }) => field.type === "choice")) {
                  toast(t("report.funnelNeedsChoice"), { kind: "error" });
                  return;
                }
                onChange((body) => withChart(body, one.key, fields));
              }}
            >
              <Icon name={chartIcon(one.key)} size={20} />
              <span>{localized(one.label)}</span>
            </button>
          ))}
        </div>
      </div>
      {report.funnel ? (
        <FunnelOptions report={report} onChange={onChange} />
      ) : (
        <>
          <div className="control-group">
            <span className="control-label">{t("report.dimensions")}</span>
            {dimensions.map((dimension, index) => (
              <DimensionRow
                key={dimension.field}
                dimension={dimension}
                label={fieldLabel(documents, report.form, dimension.field)}
                isTime={roleOf(fields[dimension.field] ?? { type: "text" }) === "time"}
                grains={grains}
                onChange={(next) =>
                  onChange((body) => ({
                    ...body,
                    dimensions: dimensions.map((other, at) =>
                      at === index ? next : other,
                    ) as Dimension[] & Json,
                  }))
                }
                onRemove={() => onChange((body) => withoutDimension(body, index, fields))}
              />
            ))}
            <Menu
              items={choices
                .filter(
                  ({ key, field }) =>
                    roleOf(field) !== "measure" &&
                    !dimensions.some((dimension) => dimension.field === key),
                )
                .map((choice) => ({
                  key: choice.key,
                  label: choice.label,
                  run: () => onChange((body) => withDropped(body, choice.key, fields)),
                }))}
            >
              <Button size="small" icon="add" disabled={dimensions.length >= 4}>
                {t("report.addDimension")}
              </Button>
            </Menu>
          </div>
          <div className="control-group">
            <span className="control-label">{t("report.measures")}</span>
            {measures.map((measure, index) => (
              <MeasureRow
                key={index}
                measure={measure}
                report={report}
                onChange={(next) =>
                  onChange((body) => ({
                    ...body,
                    measures: measures.map((other, at) =>
                      at === index ? next : other,
                    ) as Measure[] & Json,
                  }))
                }
                onRemove={
                  measures.length > 1 ? () => onChange((body) => withoutMeasure(body, index)) : null
                }
              />
            ))}
            <Menu
              items={[
                {
                  key: "count",
                  label: t("report.recordCount"),
                  run: () =>
                    onChange((body) => ({
                      ...body,
                      measures: [...measures, { of: "count" }] as Measure[] & Json,
                    })),
                },
                ...choices
                  .filter(({ field }) => roleOf(field) === "measure")
                  .map((choice) => ({
                    key: choice.key,
                    label: choice.label,
                    run: () =>
                      onChange((body) => {
                        const next = {
                          ...body,
                          measures: [...measures, { of: "sum", field: choice.key }] as Measure[] &
                            Json,
                        };
                        return { ...next, chart: suitedChart(next, fields) };
                      }),
                  })),
              ]}
            >
              <Button size="small" icon="add">
                {t("report.addMeasure")}
              </Button>
            </Menu>
          </div>
        </>
      )}
      <div className="control-group">
        <span className="control-label">{t("report.filter")}</span>
        <ConditionBuilder
          label={t("report.filter")}
          value={report.where ?? ""}
          onChange={(where) => set("where", where || undefined, "where")}
        />
      </div>
      {!report.funnel && dimensions.length > 0 && (
        <>
          <div className="control-group">
            <label htmlFor={`${id}-sort`} className="control-label">
              {t("report.sort")}
            </label>
            <Select
              id={`${id}-sort`}
              aria-label={t("report.sort")}
              value={sort}
              options={[
                { value: "", label: t("report.sortNone") },
                ...keys.flatMap(({ key, label }) => [
                  { value: `-${key}`, label: t("report.descending", { name: label }) },
                  { value: key, label: t("report.ascending", { name: label }) },
                ]),
              ]}
              onChange={(next) => set("sort", next ? [next] : undefined)}
            />
          </div>
          <div className="control-group">
            <label htmlFor={`${id}-limit`} className="control-label">
              {t("report.limit")}
            </label>
            <Input
              id={`${id}-limit`}
              inputMode="numeric"
              value={report.limit === undefined ? "" : String(report.limit)}
              onChange={(text) =>
                set("limit", /^[1-9]\d{0,3}$/.test(text) ? Number(text) : undefined, "limit")
              }
            />
          </div>
        </>
      )}
      {kind &&
        Object.keys(kind.options_schema.properties ?? {}).some((name) => name !== "type") && (
          <section className="properties-group">
            <h2>{t("report.options")}</h2>
            <SchemaForm
              schema={kind.options_schema}
              value={report.chart ?? {}}
              without={["type"]}
              path={["chart"]}
              onChange={(path, value, merge) =>
                onChange(
                  (body) => ({
                    ...body,
                    chart: withValue(
                      (body.chart ?? { type: chart }) as Json,
                      path,
                      value,
                    ) as Report["chart"],
                  }),
                  merge,
                )
              }
            />
          </section>
        )}
    </div>
  );
}

interface DimensionProps {
  dimension: Dimension;
  label: string;
  isTime: boolean;
  grains: readonly string[];
  onChange: (dimension: Dimension) => void;
  onRemove: () => void;
}

function DimensionRow({ dimension, label, isTime, grains, onChange, onRemove }: DimensionProps) {
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

function MeasureRow({ measure, report, onChange, onRemove }: MeasureProps) {
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

type Step = string | { label: unknown; when: string };

function FunnelOptions({ report, onChange }: Pick<Props, "report" | "onChange">) {
  const id = useId();
  const choices = useFields(report.form).filter(({ field }) => field.type === "choice");
  const funnel = report.funnel ?? {};
  const steps = (funnel.steps ?? []) as unknown as Step[];
  const options = (choices.find(({ key }) => key === funnel.field)?.field.options ??
    []) as unknown as Option[];
  const put = (next: Partial<typeof funnel>, merge?: string) =>
    onChange((body) => ({ ...body, funnel: Object.assign({}, body.funnel, next) }), merge);
  const putSteps = (next: Step[], merge?: string) =>
    put({ steps: next as unknown as Json[] }, merge);
  const free = options.filter((option) => !steps.includes(option.value));
  return (
    <>
      <div className="control-group">
        <label htmlFor={`${id}-field`} className="control-label">
          {t("report.funnelField")}
        </label>
        <Select
          id={`${id}-field`}
          aria-label={t("report.funnelField")}
          value={funnel.field ?? null}
          options={choices.map((choice) => ({ value: choice.key, label: choice.label }))}
          onChange={(field) => {
            const chosen = choices.find(({ key }) => key === field);
            if (chosen)
              put({
                field: chosen.key,
                steps: ((chosen.field.options ?? []) as unknown as Option[]).map(
                  (option) => option.value,
                ),
              });
          }}
        />
      </div>
      <div className="control-group">
        <label htmlFor={`${id}-count`} className="control-label">
          {t("report.funnelCount")}
        </label>
        <Select
          id={`${id}-count`}
          aria-label={t("report.funnelCount")}
          value={funnel.count ?? "current"}
          options={[
            { value: "current", label: t("report.funnelCurrent") },
            { value: "reached", label: t("report.funnelReached") },
          ]}
          onChange={(count) => put({ count: count ?? "current" })}
        />
      </div>
      <div className="control-group">
        <span className="control-label">{t("report.funnelSteps")}</span>
        {steps.map((step, index) => {
          const label =
            typeof step === "string"
              ? words(options.find((option) => option.value === step)?.label, step)
              : words(step.label);
          return (
            <div key={index} className="funnel-step">
              <div className="row shelf-row">
                <span className="action-number">{index + 1}</span>
                {typeof step === "string" ? (
                  <span className="grow ellipsis">{label}</span>
                ) : (
                  <Input
                    size="small"
                    aria-label={t("report.stepName")}
                    value={label}
                    onChange={(text) =>
                      putSteps(
                        steps.map((other, at) =>
                          at === index
                            ? { when: step.when, label: reworded(step.label, text || "-") }
                            : other,
                        ),
                        `step:${index}`,
                      )
                    }
                  />
                )}
                <IconButton
                  icon="arrow-up"
                  size="small"
                  label={`${t("d.moveUp")}: ${label}`}
                  disabled={index === 0}
                  onClick={() =>
                    putSteps([
                      ...steps.slice(0, index - 1),
                      step,
                      steps[index - 1] as Step,
                      ...steps.slice(index + 1),
                    ])
                  }
                />
                <IconButton
                  icon="close"
                  size="small"
                  label={`${t("common.remove")}: ${label}`}
                  disabled={steps.length < 2}
                  onClick={() => putSteps(steps.filter((_step, at) => at !== index))}
                />
              </div>
              {typeof step !== "string" && (
                <ConditionBuilder
                  label={`${label}: ${t("report.stepCondition")}`}
                  value={step.when}
                  onChange={(when) =>
                    when &&
                    putSteps(
                      steps.map((other, at) =>
                        at === index ? { label: step.label, when } : other,
                      ),
                      `step_when:${index}`,
                    )
                  }
                />
              )}
            </div>
          );
        })}
        <Menu
          items={[
            ...free.map((option) => ({
              key: option.value,
              label: words(option.label, option.value),
              run: () => putSteps([...steps, option.value]),
            })),
            ...(funnel.field
              ? [
                  {
                    key: "+condition",
                    label: t("report.stepCondition"),
                    run: () =>
                      putSteps([
                        ...steps,
                        {
                          label: t("report.stepName"),
                          when: `not ISEMPTY(${funnel.field ?? "id"})`,
                        },
                      ]),
                  },
                ]
              : []),
          ]}
        >
          <Button size="small" icon="add">
            {t("report.funnelAdd")}
          </Button>
        </Menu>
      </div>
    </>
  );
}
