/** Rows of a report as a table, and a single number as a tile. */
import { compact, number as grouped } from "@/shared/format";
import type { Json } from "@/shared/types";

import type { Result } from "./ReportFigure";

function isNumber(type: string): boolean {
  return type === "number" || type === "money" || type === "percent" || type === "integer";
}

function cellText(value: Json, type: string): string {
  if (value === null || value === undefined) return "—";
  if (typeof value === "object" && !Array.isArray(value))
    return String((value.label ?? value.name ?? JSON.stringify(value)) as string);
  if (isNumber(type)) return grouped(String(value as string), type === "money" ? 2 : null);
  return String(value as string);
}

export function ResultTable({ result }: { result: Result }) {
  return (
    // The scroller takes the focus so that its content can be reached by keyboard.
    <div className="result-table" tabIndex={0} role="group">
      <table>
        <thead>
          <tr>
            {result.columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={isNumber(column.type) ? "is-number" : undefined}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {result.rows.map((row, index) => (
            <tr key={index}>
              {result.columns.map((column, at) => (
                <td key={column.key} className={isNumber(column.type) ? "is-number" : undefined}>
                  {cellText(row[at] ?? null, column.type)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function KpiTile({ result }: { result: Result }) {
  const value = result.rows[0]?.at(-1) ?? null;
  const column = result.columns.at(-1);
  return (
    <div className="kpi">
      <span className="kpi-value">
        {value === null ? "—" : compact(String(value as string), null)}
      </span>
      <span className="meta">{column?.label}</span>
    </div>
  );
}
