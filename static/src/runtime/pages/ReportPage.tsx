/** One report on a page of its own. */
import "../dashboard/dashboard.css";
import "../record/record.css";
import "../form/form.css";

import { useEffect } from "react";

import { useParameter } from "@/shared/router";

import { useReport } from "../dashboard/data";
import { DrillPanel } from "../dashboard/DrillPanel";
import { ReportPanel } from "../dashboard/ReportPanel";
import { rememberPage } from "../queries";
import { useShell } from "../shell/context";
import { useTitle } from "../title";
import { useDrill } from "./DashboardPage";

export default function ReportPage({ app, report: key }: { app: string; report: string }) {
  const { app: info } = useShell();
  const [filter] = useParameter("filter");
  const { drill, open, close } = useDrill();
  const report = useReport(app, key, filter, 0);
  const label = info?.reports.find((one) => one.key === key)?.label ?? report.data?.label ?? "";
  useTitle(label, info?.label);
  useEffect(() => {
    if (label) rememberPage({ path: `/apps/${app}/reports/${key}`, app, label });
  }, [app, key, label]);
  const chart = report.data?.chart;
  const type =
    typeof chart === "string" ? chart : (chart?.type ?? guessed(report.data?.figure.data));
  return (
    <div className="dash report-page">
      <div className="report-page-panel">
        <ReportPanel
          app={app}
          report={key}
          label={label}
          type={type}
          filter={filter}
          refresh={0}
          onDrill={open}
          heading="h1"
        />
      </div>
      {drill && (
        <DrillPanel
          app={app}
          report={drill.report}
          label={drill.label}
          form={drill.form}
          cell={drill.cell}
          filter={filter}
          onClose={close}
        />
      )}
    </div>
  );
}

function guessed(data: Record<string, unknown>[] | undefined): string {
  const type = data?.[0]?.type;
  if (type === "indicator") return "number";
  return typeof type === "string" ? type : "table";
}
