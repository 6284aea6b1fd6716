/** A report as it would be shown: worked out by the server from the unsaved definition. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, ApiError } from "@/shared/api";
import { Icon } from "@/shared/icons";
import { ReportView } from "@/shared/charts/ReportView";
import type { ReportResult } from "@/shared/charts/result";
import type { Json } from "@/shared/types";
import { sentence } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";

import type { Report } from "../core/report";
import { useSettled } from "../parts/FormulaEditor";
import { useSession, useSessionState, words } from "../session";
import { t } from "../texts";
import { chartIcon } from "./report_words";
export function useResult(report: Report | undefined) {
  const session = useSession();
  const { info } = useSessionState();
  const settled = useSettled(report, 250);
  return useQuery({
    queryKey: ["report-preview", session.app, info.release, JSON.stringify(settled)],
    queryFn: ({ signal }) =>
      api.post<ReportResult>(
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

interface Props {
  report: Report;
  /** Opens the records behind a cell; null means all of them. */
  onDrill?: (cell: Json | null) => void;
}

export function ReportFigure({ report, onDrill }: Props) {
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
  return (
    <ReportView
      result={data}
      type={type}
      label={words(report.label, report.key)}
      onDrill={onDrill}
    />
  );
}
