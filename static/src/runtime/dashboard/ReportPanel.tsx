/** One report on a dashboard: its chart or numbers, how many records stand behind, and the way to them. */
import { useState } from "react";

import { clock, number } from "@/shared/format";
import { ReportView } from "@/shared/charts/ReportView";
import type { Json } from "@/shared/types";
import { IconButton } from "@/shared/ui/Button";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/dashboard";

import { useReport } from "./data";

interface Props {
  app: string;
  report: string;
  label: string;
  type: string;
  filter: string | null;
  refresh: number;
  onDrill: (report: string, label: string, cell: Json | null, form: string | null) => void;
  heading?: "h1" | "h2";
}

export function ReportPanel({
  app,
  report,
  label,
  type,
  filter,
  refresh,
  onDrill,
  heading: Heading = "h2",
}: Props) {
  const query = useReport(app, report, filter, refresh);
  const [asTable, setAsTable] = useState(false);
  const result = query.data;
  const notes = result
    ? [
        result.total != null ? t("dashboard.total", { n: number(result.total) }) : "",
        result.scope === "mine" ? t("dashboard.mine") : "",
        result.as_of ? clock(new Date(result.as_of)) : "",
      ].filter(Boolean)
    : [];
  const plain = type === "number" || type === "table";
  return (
    <article className={`report-panel is-${type}`} aria-label={label} aria-busy={query.isFetching}>
      <header className="report-head">
        <Heading className="grow ellipsis" title={label}>
          {label}
        </Heading>
        {!plain && result && result.rows.length > 0 && (
          <IconButton
            icon={asTable ? "report" : "table"}
            size="small"
            label={asTable ? t("dashboard.asChart") : t("dashboard.asTable")}
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          />
        )}
      </header>
      <div className="report-body">
        {query.isError ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : !result ? (
          <Skeleton lines={type === "number" ? 1 : 5} height={type === "number" ? 32 : 20} />
        ) : (
          <ReportView
            result={result}
            type={type}
            label={label}
            asTable={asTable}
            onDrill={(cell) => onDrill(report, label, cell, result.form ?? null)}
          />
        )}
      </div>
      {notes.length > 0 && (
        <footer className="meta report-foot ellipsis">{notes.join(" · ")}</footer>
      )}
    </article>
  );
}
