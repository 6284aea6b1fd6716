/** What can be done to a dashboard; a field that is dropped makes a report and its widget in one step. */
import { undoable } from "@/shared/ui/toast";

import {
  arranged,
  fitted,
  freePlace,
  settled,
  sizeOf,
  widgetsOf,
  withoutWidget,
  withWidgets,
  type Dashboard,
} from "../core/dashboard";
import { idOf, type At, type Documents, type Widget } from "../core/definitions";
import { uniqueKey } from "../core/form";
import { emptyReport, roleOf, withDropped, type Report } from "../core/report";
import type { FieldChoice } from "../parts/schema/context";
import { reportFields } from "../report/fields";
import { nameOfReport } from "../report/report_words";
import { words, type Session } from "../session";
import { t } from "../texts";

/** Where a drop would go: into a widget's report, or as a new widget at a place of the grid. */
export type Target = { kind: "widget"; index: number } | { kind: "grid"; at: At } | null;

interface Around {
  session: Session;
  documents: Documents;
  dashboard: Dashboard;
  /** The form whose fields are dropped. */
  formKey: string;
  select: (index: number | null) => void;
}

export type DashboardEditor = ReturnType<typeof dashboardEditor>;

export function dashboardEditor({ session, documents, dashboard, formKey, select }: Around) {
  const { catalogue } = session;
  const id = idOf("dashboard", dashboard.key);
  const widgets = widgetsOf(dashboard);
  const run = (
    name: string,
    label: string,
    change: (body: Dashboard) => Dashboard,
    merge?: string,
  ) =>
    session.workspace.run(
      id,
      { name, label, run: (body) => change(body as Dashboard) },
      merge ?? null,
    );

  /** Runs over the dashboard and its reports as one step. */
  const runAll = (
    name: string,
    label: string,
    change: (documents: Documents) => Documents,
    merge?: string,
  ) => session.workspace.runAll(id, { name, label, run: change }, merge ?? null);
  const current = (all: Documents): Dashboard => all[id] as Dashboard;

  const dropField = (field: FieldChoice, where: Target) => {
    const label = t("report.stepDrop", { field: field.label });
    const into = where?.kind === "widget" ? widgets[where.index] : undefined;
    if (where?.kind === "widget" && into) {
      const old = documents[idOf("report", into.report)] as Report | undefined;
      if (old && old.form === formKey) {
        changeReport(into.report, label, (body) =>
          withDropped(body, field.key, reportFields(documents, body.form)),
        );
        select(where.index);
        return;
      }
    }
    const fields = reportFields(documents, formKey);
    const stem =
      roleOf(fields[field.key] ?? field.field) === "measure"
        ? `sum_${field.key}`
        : `by_${field.key}`;
    const key = uniqueKey(
      stem.slice(0, 38),
      session.bodies("report").map((body) => body.key),
    );
    const made = withDropped(emptyReport(key, "", formKey), field.key, fields);
    const named: Report = { ...made, label: nameOfReport(catalogue, documents, made) };
    const size = sizeOf(named.chart?.type ?? "table");
    const place: At =
      where?.kind === "grid"
        ? settled(widgets, [where.at[0], where.at[1], ...size])
        : freePlace(widgets, size);
    runAll("drop_field", label, (all) => {
      const body = current(all);
      const next = arranged(
        [...widgetsOf(body), { report: key, at: place }],
        widgetsOf(body).length,
        place,
      );
      return { ...all, [idOf("report", key)]: named, [id]: withWidgets(body, next) };
    });
    select(widgets.length);
  };

  const changeReport = (
    key: string,
    label: string,
    change: (body: Report) => Report,
    merge?: string,
  ) =>
    runAll(
      "change_report",
      label,
      (all) => {
        const before = all[idOf("report", key)] as Report | undefined;
        if (!before) return all;
        const after = change(before);
        if (after === before) return all;
        const isAutomatic =
          words(before.label) === nameOfReport(catalogue, all, before) &&
          after.label === before.label;
        const named = isAutomatic
          ? { ...after, label: nameOfReport(catalogue, all, after) }
          : after;
        return {
          ...all,
          [idOf("report", key)]: named,
          [id]: refitted(current(all), before, named),
        };
      },
      merge,
    );

  const addReport = (key: string) => {
    const chart = (documents[idOf("report", key)] as Report | undefined)?.chart?.type ?? "table";
    run("add_widget", t("report.stepDashboard"), (body) =>
      withWidgets(body, [
        ...widgetsOf(body),
        { report: key, at: freePlace(widgetsOf(body), sizeOf(chart)) },
      ]),
    );
    select(widgets.length);
  };
  const nameOf = (one: Widget) => words(documents[idOf("report", one.report)]?.label, one.report);
  const removeWidget = (index: number) => {
    const one = widgets[index];
    if (!one) return;
    const name = nameOf(one);
    run("remove_widget", t("report.stepRemove", { name }), (body) => withoutWidget(body, index));
    select(null);
    undoable(t("report.removed", { name }), () => session.workspace.undo(id));
  };
  const put = (index: number, place: At, merge?: string) =>
    run(
      "move_widget",
      t("report.stepMove", { name: nameOf(widgets[index] as Widget) }),
      (body) => withWidgets(body, arranged(widgetsOf(body), index, place)),
      merge,
    );

  return { run, dropField, changeReport, addReport, removeWidget, put, nameOf };
}

/** A widget that has the usual size of its old chart takes that of its new one. */
function refitted(dashboard: Dashboard, before: Report, after: Report): Dashboard {
  const old = sizeOf(before.chart?.type ?? "table");
  const size = sizeOf(after.chart?.type ?? "table");
  const widgets = widgetsOf(dashboard);
  const index = widgets.findIndex(
    ({ report, at }) => report === after.key && at[2] === old[0] && at[3] === old[1],
  );
  const at = widgets[index]?.at;
  if (!at || old.join() === size.join()) return dashboard;
  return withWidgets(dashboard, arranged(widgets, index, fitted([at[0], at[1], ...size])));
}

/** A click on a number while a chart with categories is selected adds to it; anything else begins anew. */
export function isAddingTo(report: Report, field: FieldChoice): boolean {
  if (report.form === "" || report.funnel) return false;
  const hasDimension = (report.dimensions?.length ?? 0) > 0;
  const countsOnly = report.measures?.length === 1 && report.measures[0]?.of === "count";
  return (
    hasDimension &&
    countsOnly &&
    roleOf({
      ...field.field,
      type: field.type === "money" || field.type === "number" ? field.type : field.field.type,
    }) === "measure"
  );
}
