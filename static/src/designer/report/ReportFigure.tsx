/** A report as it would be shown: worked out by the server from the unsaved definition. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";

import { api, ApiError } from "@/shared/api";
import { Icon } from "@/shared/icons";
import type { Json } from "@/shared/types";
import { sentence } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";

import type { Report } from "../core/report";
import { useSettled } from "../parts/FormulaEditor";
import { useSession, useSessionState } from "../session";
import { t } from "../texts";
import { chartIcon } from "./report_words";
import { KpiTile, ResultTable } from "./ResultTable";

const Plot = lazy(() => import("./Plot"));

export interface Result {
  columns: { key: string; label: string; type: string; format?: Json }[];
  rows: Json[][];
  figure: { data?: Json[]; layout?: Record<string, Json> } | null;
  total?: number | { value: number; capped: boolean };
  as_of?: string;
  scope?: "mine" | "all";
}

export function useResult(report: Report | undefined) {
  const session = useSession();
  const { info } = useSessionState();
  const settled = useSettled(report, 250);
  return useQuery({
    queryKey: ["report-preview", session.app, info.release, JSON.stringify(settled)],
    queryFn: ({ signal }) =>
      api.post<Result>(
        `/api/apps/${session.app}/reports/preview`,
        { report: settled as object },
        { signal },
      ),
    enabled: settled !== undefined && info.release !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 30_000,
  });
}

export function totalOf(result: Result | undefined): number | null {
  if (result?.total === undefined) return null;
  return typeof result.total === "number" ? result.total : result.total.value;
}

interface Props {
  report: Report;
  onPoint?: (cell: Json) => void;
}

export function ReportFigure({ report, onPoint }: Props) {
  const { info } = useSessionState();
  const { data, error, isPending } = useResult(report);
  const type = report.chart?.type ?? "table";
  if (info.release === null || (error instanceof ApiError && error.status === 404))
    return (
      <div className="figure-none">
        <Icon name={chartIcon(type)} size={32} />
        <p className="muted">{t("report.needsRelease")}</p>
      </div>
    );
  if (error)
    return (
      <div className="figure-none" role="alert">
        <Icon name="warning" size={20} />
        <p className="muted">{sentence(error)}</p>
      </div>
    );
  if (isPending)
    return (
      <div className="figure-none">
        <Skeleton lines={4} />
      </div>
    );
  if (data.rows.length === 0) return <p className="figure-none muted">{t("report.noData")}</p>;
  if (type === "number") return <KpiTile result={data} />;
  if (type === "table" || !data.figure?.data?.length) return <ResultTable result={data} />;
  return (
    <Suspense fallback={<Skeleton lines={4} />}>
      <Plot figure={data.figure} onPoint={onPoint} />
    </Suspense>
  );
}
