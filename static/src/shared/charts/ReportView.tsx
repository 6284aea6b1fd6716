/** A report's answer as a number, a table or a chart; every number leads to its records. */
import "./charts.css";

import { lazy, Suspense } from "react";

import { compact, currencySymbol, day, EMPTY, moment, number } from "../format";
import { t } from "../texts/charts";
import type { Json } from "../types";
import { Empty } from "../ui/Empty";
import { Skeleton } from "../ui/Skeleton";
import { isNumber, type ReportResult, type ResultColumn } from "./result";

const Plot = lazy(() => import("./Plot"));

interface Props {
  result: ReportResult;
  /** number, table, bar, line, funnel, pie … */
  type: string;
  label: string;
  /** Shows the rows instead of the chart. */
  asTable?: boolean;
  /** Opens the records behind a cell; a missing cell means all of them. */
  onDrill?: (cell: Json | null) => void;
}

export function shownCell(column: ResultColumn, value: Json | undefined): string {
  if (value === null || value === undefined || value === "") return EMPTY;
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  if (column.type === "percent") return `${number((Number(text) * 100).toFixed(1), 1)}%`;
  if (column.type === "money") return number(text, 2);
  if (column.type === "number") return number(text);
  if (column.type === "date") return day(text);
  if (column.type === "moment") return moment(text);
  return text;
}

export function ReportView({ result, type, label, asTable = false, onDrill }: Props) {
  if (asTable || type === "table")
    return <ResultTable result={result} label={label} onDrill={onDrill} />;
  if (type === "number") return <Numbers result={result} onDrill={onDrill} />;
  if (!result.rows.length) return <Empty icon="report" title={t("charts.none")} small />;
  return (
    <Suspense fallback={<Skeleton lines={4} height={24} />}>
      <Plot
        figure={result.figure}
        label={label}
        onCell={onDrill && ((cell) => onDrill(cell as Json))}
      />
    </Suspense>
  );
}

/** The number as its format says, which the server has applied. */
function indicated(drawn: unknown): string | null {
  const {
    type,
    value,
    number: format,
  } = (drawn ?? {}) as {
    type?: string;
    value?: unknown;
    number?: { suffix?: string; valueformat?: string };
  };
  if (type !== "indicator" || typeof value !== "number") return null;
  const places = Number(/\.(\d+)f$/.exec(format?.valueformat ?? "")?.[1] ?? 0);
  const sign = format?.suffix ?? "";
  return `${number(value, places)}${sign && sign !== "%" ? ` ${sign}` : sign}`;
}

function Numbers({ result, onDrill }: Pick<Props, "result" | "onDrill">) {
  const row = result.rows[0] ?? [];
  const shown = result.columns
    .map((column, index) => ({ column, value: row[index] }))
    .filter(({ column }) => isNumber(column));
  return (
    <div className="numbers">
      {shown.map(({ column, value }, index) => {
        const plain = typeof value === "string" || typeof value === "number" ? value : null;
        const big =
          indicated(result.figure.data?.[index]) ??
          (column.type === "percent" ? shownCell(column, value) : compact(plain));
        const sign = column.currency && big !== EMPTY ? `${currencySymbol(column.currency)} ` : "";
        const body = (
          <>
            <span className="number-value" title={sign + shownCell(column, value)}>
              {sign}
              {big}
            </span>
            {shown.length > 1 && <span className="meta">{column.label}</span>}
          </>
        );
        return onDrill ? (
          <button
            key={column.key}
            type="button"
            className="plain number"
            aria-label={`${column.label} ${sign}${big} · ${t("charts.drill")}`}
            onClick={() => onDrill(result.cells?.[0] ?? null)}
          >
            {body}
          </button>
        ) : (
          <div key={column.key} className="number">
            {body}
          </div>
        );
      })}
    </div>
  );
}

/** Whether records stand behind the number: not behind a dimension, nor behind a share. */
function isMeasure(column: ResultColumn, name: string | undefined): boolean {
  return name === undefined && isNumber(column) && column.type !== "percent";
}

function ResultTable({ result, label, onDrill }: Pick<Props, "result" | "label" | "onDrill">) {
  if (!result.rows.length) return <Empty icon="table" title={t("charts.none")} small />;
  return (
    <div className="result-scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="result">
        <thead>
          <tr>
            {result.columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={isNumber(column) ? "is-right" : undefined}
              >
                {column.label}
                {column.currency && ` (${currencySymbol(column.currency)})`}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.rows.map((row, index) => {
            const cell = result.cells?.[index] ?? null;
            return (
              <tr key={index}>
                {result.columns.map((column, at) => {
                  const name = result.labels?.[index]?.[at];
                  const text = name ?? shownCell(column, row[at]);
                  return (
                    <td key={column.key} className={isNumber(column) ? "is-right" : undefined}>
                      {onDrill && cell !== null && isMeasure(column, name) ? (
                        <button
                          type="button"
                          className="plain drill"
                          aria-label={`${text} · ${t("charts.drill")}`}
                          onClick={() => onDrill(cell)}
                        >
                          {text}
                        </button>
                      ) : (
                        text
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      {result.more ? <p className="meta">{t("charts.more", { n: number(result.more) })}</p> : null}
    </div>
  );
}
