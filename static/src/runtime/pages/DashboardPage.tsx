/** A dashboard: filters in the address, figures that lead to their records. */
import "../dashboard/dashboard.css";
import "../record/record.css";
import "../form/form.css";

import { useEffect, useMemo } from "react";

import { type Clause, formula, read } from "@/shared/filter";
import { queryClient } from "@/shared/queries";
import { useParameter } from "@/shared/router";
import type { FieldInfo, Json } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Failure } from "@/shared/ui/Problems";
import { PageSkeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/dashboard";

import { type Dashboard, filterField, useDashboard } from "../dashboard/data";
import { DrillPanel } from "../dashboard/DrillPanel";
import { FilterControl } from "../dashboard/FilterControl";
import { ReportPanel } from "../dashboard/ReportPanel";
import { rememberPage } from "../queries";
import { useShell } from "../shell/context";
import { useTitle } from "../title";

export default function DashboardPage({ app, dashboard: key }: { app: string; dashboard: string }) {
  const dashboard = useDashboard(app, key);
  if (dashboard.isPending) return <PageSkeleton />;
  if (dashboard.isError)
    return <Failure error={dashboard.error} onRetry={() => void dashboard.refetch()} />;
  return <Shown app={app} dashboard={dashboard.data} />;
}

interface Drill {
  report: string;
  label: string;
  form: string | null;
  cell: Json | null;
}

export function useDrill() {
  const [text, setText] = useParameter("drill");
  const drill = useMemo(() => {
    try {
      return text ? (JSON.parse(text) as Drill) : null;
    } catch {
      return null;
    }
  }, [text]);
  return {
    drill,
    open: (report: string, label: string, cell: Json | null, form: string | null) =>
      setText(JSON.stringify({ report, label, form, cell }), true),
    close: () => setText(null),
  };
}

function Shown({ app, dashboard }: { app: string; dashboard: Dashboard }) {
  const { app: info } = useShell();
  const [filterText, setFilter] = useParameter("filter");
  const { drill, open, close } = useDrill();
  useTitle(dashboard.label, info?.label);
  useEffect(() => {
    rememberPage({ path: `/apps/${app}/dashboards/${dashboard.key}`, app, label: dashboard.label });
  }, [app, dashboard.key, dashboard.label]);

  const fields = useMemo(
    () =>
      new Map<string, FieldInfo>(
        dashboard.filters.map((filter) => [filter.field, filterField(filter)]),
      ),
    [dashboard.filters],
  );
  const clauses = useMemo(() => read(filterText), [filterText]);
  const set = (key: string, clause: Clause | null) => {
    const others = clauses.filter((one) => one.field !== key);
    setFilter(formula(clause ? [...others, clause] : others, fields) || null);
  };
  /** A filter concerns the reports over its forms and leaves the others alone. */
  const filterFor = (form: string | undefined) => {
    const own = clauses.filter((clause) => {
      const forms = dashboard.filters.find((filter) => filter.field === clause.field)?.forms;
      return !forms || !form || forms.includes(form);
    });
    return formula(own, fields) || null;
  };
  return (
    <div className="dash">
      <header className="dash-head">
        <h1 className="ellipsis">{dashboard.label}</h1>
        <div className="dash-filters" role="group" aria-label={t("dashboard.filters")}>
          {[...fields.values()].map((field) => (
            <label key={field.key} className="dash-filter">
              <span className="meta">{field.label}</span>
              <FilterControl
                app={app}
                field={field}
                clause={clauses.find((clause) => clause.field === field.key) ?? null}
                onChange={(clause) => set(field.key, clause)}
              />
            </label>
          ))}
          {clauses.length > 0 && (
            <Button kind="text" onClick={() => setFilter(null)}>
              {t("dashboard.clear")}
            </Button>
          )}
        </div>
        <span className="grow" />
        {info?.rights.design && (
          <IconButton
            icon="edit"
            label={t("dashboard.design")}
            href={`/design/${app}/dashboards/${dashboard.key}`}
          />
        )}
        <IconButton
          icon="refresh"
          label={t("dashboard.refresh")}
          onClick={() => void queryClient.invalidateQueries({ queryKey: ["report", app] })}
        />
      </header>
      {dashboard.widgets.length === 0 ? (
        <Empty icon="dashboard" title={t("dashboard.empty")} />
      ) : (
        <div className="dash-grid">
          {dashboard.widgets.map((one, index) => {
            const [x, y, width, height] = one.at;
            return (
              <div
                key={`${one.report}-${index}`}
                className="dash-cell"
                style={
                  {
                    "--x": x + 1,
                    "--y": y + 1,
                    "--w": width,
                    "--h": height,
                    order: y * 12 + x,
                  } as React.CSSProperties
                }
              >
                <ReportPanel
                  app={app}
                  report={one.report}
                  label={one.label}
                  type={one.type}
                  filter={filterFor(one.form)}
                  refresh={dashboard.refresh}
                  onDrill={(report, label, cell, form) =>
                    open(report, label, cell, form ?? one.form ?? null)
                  }
                />
              </div>
            );
          })}
        </div>
      )}
      {drill && (
        <DrillPanel
          app={app}
          report={drill.report}
          label={drill.label}
          form={drill.form}
          cell={drill.cell}
          filter={filterFor(drill.form ?? undefined)}
          onClose={close}
        />
      )}
    </div>
  );
}
