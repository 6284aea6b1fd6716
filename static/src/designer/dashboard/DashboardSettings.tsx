/** The dashboard's own settings: name, filters, refresh. */
import { useId } from "react";

import type { Problem } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";
import { Problems } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";

import { idOf } from "../core/definitions";
import { widgetsOf, type Dashboard } from "../core/dashboard";
import { roleOf, type Report } from "../core/report";
import { fieldsOf, systemFields } from "../parts/schema/context";
import { reworded, useDocuments, useSession, words } from "../session";
import { t } from "../texts";

interface Filter {
  field: string;
  form?: string;
}

interface Props {
  dashboard: Dashboard;
  run: (
    name: string,
    label: string,
    change: (dashboard: Dashboard) => Dashboard,
    merge?: string,
  ) => void;
  problems: readonly (Problem & { inner: string })[];
}

export function DashboardSettings({ dashboard, run, problems }: Props) {
  const session = useSession();
  const documents = useDocuments();
  const id = useId();
  const filters = ((dashboard.filters ?? []) as unknown as Filter[]).filter(Boolean);
  const change = (next: (body: Dashboard) => Dashboard, merge?: string) =>
    run("change_dashboard", t("report.stepDashboard"), next, merge);
  const forms = [
    ...new Set(
      widgetsOf(dashboard).flatMap(
        (widget) => (documents[idOf("report", widget.report)] as Report | undefined)?.form ?? [],
      ),
    ),
  ];
  const choices = new Map(
    [...forms.flatMap((form) => fieldsOf(documents, form)), ...systemFields()]
      .filter(
        ({ field, type }) =>
          roleOf({ ...field, type: field.type === "lookup" ? type : field.type }) !== "measure",
      )
      .map((choice) => [choice.key, choice.label]),
  );
  const refresh = dashboard.refresh ?? 0;
  const intervals = [
    0,
    30,
    60,
    300,
    ...(refresh && ![30, 60, 300].includes(refresh) ? [refresh] : []),
  ];
  return (
    <div className="properties">
      <p className="muted properties-none">{t("report.noSelection")}</p>
      <Problems problems={problems} />
      <h2>{t("report.dashboardSettings")}</h2>
      <div className="control-group">
        <label htmlFor={`${id}-name`} className="control-label">
          {t("report.dashboardName")}
        </label>
        <Input
          id={`${id}-name`}
          value={words(dashboard.label)}
          maxLength={80}
          onChange={(text) =>
            text.trim() &&
            change((body) => ({ ...body, label: reworded(body.label, text) }), "dashboard_label")
          }
          onBlur={() => session.workspace.seal(idOf("dashboard", dashboard.key))}
        />
      </div>
      <div className="control-group">
        <span className="control-label">{t("report.filters")}</span>
        {filters.map((filter, index) => (
          <div key={filter.field} className="row shelf-row">
            <span className="grow">{choices.get(filter.field) ?? filter.field}</span>
            <IconButton
              icon="close"
              size="small"
              label={`${t("common.remove")}: ${choices.get(filter.field) ?? filter.field}`}
              onClick={() =>
                change((body) => ({
                  ...body,
                  filters: (body.filters ?? []).filter((_filter, at) => at !== index),
                }))
              }
            />
          </div>
        ))}
        <Menu
          items={[...choices]
            .filter(([key]) => !filters.some((filter) => filter.field === key))
            .map(([key, label]) => ({
              key,
              label,
              run: () =>
                change((body) => ({ ...body, filters: [...(body.filters ?? []), { field: key }] })),
            }))}
        >
          <Button size="small" icon="add">
            {t("report.addFilter")}
          </Button>
        </Menu>
      </div>
      <div className="control-group">
        <label htmlFor={`${id}-refresh`} className="control-label">
          {t("report.refresh")}
        </label>
        <Select<number>
          id={`${id}-refresh`}
          aria-label={t("report.refresh")}
          value={refresh}
          options={intervals.map((seconds) => ({
            value: seconds,
            label: !seconds
              ? t("report.refreshNever")
              : seconds % 60
                ? t("report.seconds", { n: seconds })
                : seconds === 60
                  ? t("report.minute")
                  : t("report.minutes", { n: seconds / 60 }),
          }))}
          onChange={(seconds) =>
            change((body) => {
              const { refresh: _refresh, ...rest } = body;
              return seconds ? { ...rest, refresh: seconds } : rest;
            })
          }
        />
      </div>
    </div>
  );
}
