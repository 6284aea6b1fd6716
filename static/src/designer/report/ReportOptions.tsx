/** The panel of a report: chart, dimensions, measures, funnel, filter, order; and the chart's own options. */
import { useId } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import type { Problem } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";
import { Problems } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";
import { toast } from "@/shared/ui/toast";

import type { Dimension, Measure } from "../core/definitions";
import { withValue, type Json } from "../core/json";
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
import { FunnelOptions } from "./FunnelOptions";
import { chartIcon, fieldLabel, sortKeys } from "./report_words";
import { DimensionRow, MeasureRow } from "./shelves";

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
