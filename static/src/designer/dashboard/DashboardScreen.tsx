/** The dashboard designer: a field dropped on the canvas becomes a report and its widget in one step. */
import { useEffect, useMemo, useRef, useState } from "react";

import { Icon } from "@/shared/icons";
import { Link } from "@/shared/router";
import { Button, IconButton } from "@/shared/ui/Button";
import { undoable } from "@/shared/ui/toast";
import { useParameter } from "@/shared/router";
import type { Json } from "@/shared/types";

import type { At, Documents, Widget } from "../core/definitions";
import { idOf } from "../core/definitions";
import {
  arranged,
  COLUMNS,
  fitted,
  freePlace,
  GAP,
  ROW_HEIGHT,
  rowsUsed,
  sizeOf,
  widgetsOf,
  withoutWidget,
  withWidgets,
  type Dashboard,
} from "../core/dashboard";
import { uniqueKey } from "../core/form";
import { emptyReport, roleOf, withDropped, type Report } from "../core/report";
import { DocumentTitle } from "../parts/DocumentTitle";
import { Missing } from "../parts/Missing";
import { followPointer, wordsGhost, type Point } from "../parts/drag";
import { SurroundingsContext, type FieldChoice } from "../parts/schema/context";
import { Sheet, useNarrow } from "../parts/Sheet";
import { Drill } from "../report/Drill";
import { FieldList } from "../report/FieldList";
import { ReportFigure } from "../report/ReportFigure";
import { ReportOptions } from "../report/ReportOptions";
import { reportFields } from "../report/ReportScreen";
import { nameOfReport } from "../report/report_words";
import { useBodies, useDocument, useDocuments, useProblems, useSession, words } from "../session";
import { t } from "../texts";
import { DashboardSettings } from "./DashboardSettings";
import { PlaceInputs } from "./PlaceInputs";
import "../report/report.css";
import "./dashboard.css";

/** Where a drop would go: into a widget's report, or as a new widget at a place of the grid. */
type Target = { kind: "widget"; index: number } | { kind: "grid"; at: At } | null;

export default function DashboardScreen({ dashboardKey }: { dashboardKey: string }) {
  const session = useSession();
  const documents = useDocuments();
  const id = idOf("dashboard", dashboardKey);
  const [dashboard, run] = useDocument<Dashboard>(id);
  const problems = useProblems("dashboard", dashboardKey);
  const forms = useBodies("form");
  const [form, setForm] = useState<string | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [target, setTarget] = useState<Target>(null);
  const [moving, setMoving] = useState<{ index: number; at: At } | null>(null);
  const [cell, setCell] = useState<{ report: Report; value: Json | null } | null>(null);
  const [panel, setPanel] = useState(false);
  const [at] = useParameter("at");
  const canvas = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
  const narrow = useNarrow(1100);
  const phone = useNarrow(640);

  useEffect(() => {
    const [part, index] = (at ?? "").split("/");
    if (part === "widgets" && index) setSelected(Number(index));
  }, [at]);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const widgets = dashboard ? widgetsOf(dashboard) : [];
  const widget = selected === null ? undefined : widgets[selected];
  const report = widget
    ? (documents[idOf("report", widget.report)] as Report | undefined)
    : undefined;
  const formKey =
    form ??
    report?.form ??
    (documents[idOf("report", widgets.at(-1)?.report ?? "")] as Report | undefined)?.form ??
    forms[0]?.key ??
    "";
  const surroundings = useMemo(
    () => ({ form: report?.form ?? formKey, document: id }),
    [report?.form, formKey, id],
  );
  if (!dashboard) return <Missing section="dashboards" />;

  const { catalogue } = session;
  const column = (width + GAP) / COLUMNS;
  const row = ROW_HEIGHT + GAP;
  const shown = moving ? arranged(widgets, moving.index, moving.at) : widgets;

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
        setSelected(where.index);
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
      where?.kind === "grid" ? [where.at[0], where.at[1], ...size] : freePlace(widgets, size);
    runAll("drop_field", label, (all) => {
      const body = current(all);
      const next = arranged(
        [...widgetsOf(body), { report: key, at: fitted(place) }],
        widgetsOf(body).length,
        place,
      );
      return { ...all, [idOf("report", key)]: named, [id]: withWidgets(body, next) };
    });
    setSelected(widgets.length);
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
    setSelected(widgets.length);
  };
  const nameOf = (one: Widget) => words(documents[idOf("report", one.report)]?.label, one.report);
  const removeWidget = (index: number) => {
    const one = widgets[index];
    if (!one) return;
    const name = nameOf(one);
    run("remove_widget", t("report.stepRemove", { name }), (body) => withoutWidget(body, index));
    setSelected(null);
    undoable(t("report.removed", { name }), () => session.workspace.undo(id));
  };
  const put = (index: number, place: At, merge?: string) =>
    run(
      "move_widget",
      t("report.stepMove", { name: nameOf(widgets[index] as Widget) }),
      (body) => withWidgets(body, arranged(widgetsOf(body), index, place)),
      merge,
    );

  const targetAt = ({ x, y }: Point): Target => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box || x < box.left || x > box.right || y < box.top) return null;
    const under = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-widget]");
    if (under) return { kind: "widget", index: Number(under.dataset.widget) };
    return {
      kind: "grid",
      at: fitted([
        Math.min(COLUMNS - 3, Math.floor((x - box.left) / column)),
        Math.min(rowsUsed(widgets), Math.floor((y - box.top) / row)),
        6,
        4,
      ]),
    };
  };
  const dragNew = (event: React.PointerEvent, field: FieldChoice) => {
    let where: Target = null;
    followPointer(event, {
      ghost: wordsGhost(field.label),
      scroller: () => document.querySelector(".dashboard-scroll"),
      onMove: (point) => {
        where = targetAt(point);
        setTarget(where);
      },
      onDrop: () => {
        setTarget(null);
        if (where) dropField(field, where);
      },
      onCancel: () => setTarget(null),
    });
  };
  const dragWidget = (event: React.PointerEvent, index: number, how: "move" | "resize") => {
    const start = widgets[index]?.at;
    if (!start || phone) return;
    let place = start;
    followPointer(event, {
      scroller: () => document.querySelector(".dashboard-scroll"),
      onStart: () => setSelected(index),
      onMove: (point, from) => {
        const dx = Math.round((point.x - from.x) / column);
        const dy = Math.round((point.y - from.y) / row);
        place = fitted(
          how === "move"
            ? [start[0] + dx, start[1] + dy, start[2], start[3]]
            : [start[0], start[1], Math.min(COLUMNS - start[0], start[2] + dx), start[3] + dy],
        );
        setMoving({ index, at: place });
      },
      onDrop: () => {
        setMoving(null);
        put(index, place);
      },
      onCancel: () => setMoving(null),
    });
  };
  const keys = (event: React.KeyboardEvent, index: number) => {
    const start = widgets[index]?.at;
    if (!start || event.target !== event.currentTarget) return;
    const steps: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const step = steps[event.key];
    if (step && event.shiftKey)
      put(
        index,
        fitted([
          start[0],
          start[1],
          Math.min(COLUMNS - start[0], start[2] + step[0]),
          start[3] + step[1],
        ]),
      );
    else if (step) put(index, fitted([start[0] + step[0], start[1] + step[1], start[2], start[3]]));
    else if (event.key === "Delete" || event.key === "Backspace") removeWidget(index);
    else return;
    event.preventDefault();
  };

  const height =
    Math.max(rowsUsed(shown), target?.kind === "grid" ? target.at[1] + target.at[3] : 0) * row;
  const reports = session
    .bodies("report")
    .filter((body) => !widgets.some((one) => one.report === body.key));
  const side = (
    <>
      {widget && selected !== null ? (
        <>
          {report ? (
            <ReportOptions
              key={report.key}
              report={report}
              problems={problems.filter(({ inner }) => inner.startsWith(`/widgets/${selected}`))}
              onChange={(change, merge) =>
                changeReport(
                  report.key,
                  t("report.stepChange", { name: nameOf(widget) }),
                  change,
                  merge,
                )
              }
            />
          ) : (
            <p className="properties danger-text">{t("report.missingReport")}</p>
          )}
          <div className="properties">
            <PlaceInputs at={widget.at} onChange={(place) => put(selected, place)} />
            <div className="row">
              <Link href={`/design/${session.app}/reports/${widget.report}`}>
                {t("report.openReport")}
              </Link>
              <span className="grow" />
              <Button
                kind="danger"
                size="small"
                icon="trash"
                onClick={() => removeWidget(selected)}
              >
                {t("common.remove")}
              </Button>
            </div>
          </div>
        </>
      ) : (
        <DashboardSettings dashboard={dashboard} run={run} problems={problems} />
      )}
    </>
  );
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <div className={`screen workbench${narrow ? " is-narrow" : ""}`}>
        <aside className="workbench-left" aria-label={t("report.fields")}>
          <FieldList
            form={formKey}
            onForm={setForm}
            onDrag={dragNew}
            onAdd={(field) =>
              dropField(
                field,
                selected !== null && report && isAddingTo(report, field)
                  ? { kind: "widget", index: selected }
                  : null,
              )
            }
          />
          {reports.length > 0 && (
            <section className="palette-group">
              <h2>{t("report.existing")}</h2>
              <div className="palette-items is-single">
                {reports.map((body) => (
                  <button
                    key={body.key}
                    type="button"
                    className="plain palette-item"
                    onClick={() => addReport(body.key)}
                  >
                    <Icon name="report" />
                    <span className="ellipsis">{words(body.label, body.key)}</span>
                  </button>
                ))}
              </div>
            </section>
          )}
        </aside>
        <div
          className="dashboard-scroll"
          onClick={(event) => event.target === event.currentTarget && setSelected(null)}
        >
          <div className="row dashboard-head">
            <DocumentTitle kind="dashboard" docKey={dashboardKey} />
            {narrow && (
              <IconButton
                icon="settings"
                label={t("d.properties")}
                onClick={() => setPanel(true)}
              />
            )}
          </div>
          <div
            ref={canvas}
            className={`dashboard-canvas${target ? " is-target" : ""}${phone ? " is-phone" : ""}`}
            data-dashboard-canvas
            role="region"
            aria-label={t("report.canvas")}
            style={phone ? undefined : { height: Math.max(height, 420) }}
            onClick={(event) => event.target === event.currentTarget && setSelected(null)}
          >
            {widgets.length === 0 && !target && (
              <div className="drop-here">
                <Icon name="dashboard" size={32} />
                <p className="empty-title">{t("report.dropHere")}</p>
                <p className="muted">{forms.length ? t("report.dropText") : t("d.needsForm")}</p>
              </div>
            )}
            {target?.kind === "grid" && (
              <div className="placeholder is-widget" style={boxOf(target.at, column, row)} />
            )}
            {moving && (
              <div
                className="placeholder is-widget"
                style={boxOf((shown[moving.index] as Widget).at, column, row)}
              />
            )}
            {shown.map((one, index) => {
              const body = documents[idOf("report", one.report)] as Report | undefined;
              const name = nameOf(one);
              const place = moving?.index === index ? moving.at : one.at;
              return (
                <div
                  role="group"
                  key={`${one.report}-${index}`}
                  className={`widget${selected === index ? " is-selected" : ""}${target?.kind === "widget" && target.index === index ? " is-over" : ""}${moving?.index === index ? " is-moving" : ""}`}
                  data-widget={index}
                  style={phone ? { height: one.at[3] * row } : boxOf(place, column, row)}
                  aria-label={name}
                  onClick={() => setSelected(index)}
                >
                  <div className="widget-head">
                    <button
                      type="button"
                      className="plain widget-grip ellipsis"
                      aria-label={t("report.moveWidget", { name })}
                      aria-pressed={selected === index}
                      onPointerDown={(event) => dragWidget(event, index, "move")}
                      onKeyDown={(event) => keys(event, index)}
                      onFocus={() => setSelected(index)}
                    >
                      {name}
                    </button>
                    {selected === index && (
                      <IconButton
                        icon="trash"
                        size="small"
                        label={t("report.removeWidget")}
                        onClick={() => removeWidget(index)}
                      />
                    )}
                  </div>
                  <div className="widget-body">
                    {body ? (
                      <ReportFigure
                        report={body}
                        onDrill={(value) => setCell({ report: body, value })}
                      />
                    ) : (
                      <p className="muted">{t("report.missingReport")}</p>
                    )}
                  </div>
                  <span
                    className="widget-corner"
                    title={t("report.resizeWidget", { name })}
                    onPointerDown={(event) => dragWidget(event, index, "resize")}
                  />
                </div>
              );
            })}
          </div>
        </div>
        {narrow ? (
          <Sheet open={panel} title={t("d.properties")} onClose={() => setPanel(false)}>
            {side}
          </Sheet>
        ) : (
          <aside className="workbench-right" aria-label={t("d.properties")}>
            {side}
          </aside>
        )}
        {cell && <Drill report={cell.report} cell={cell.value} onClose={() => setCell(null)} />}
      </div>
    </SurroundingsContext.Provider>
  );
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
function isAddingTo(report: Report, field: FieldChoice): boolean {
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

function boxOf([x, y, width, height]: At, column: number, row: number): React.CSSProperties {
  return {
    left: x * column,
    top: y * row,
    width: width * column - GAP,
    height: height * row - GAP,
  };
}
