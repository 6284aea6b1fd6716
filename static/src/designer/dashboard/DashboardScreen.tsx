/** The dashboard designer: a field dropped on the canvas becomes a report and its widget in one step. */
import { useEffect, useMemo, useRef, useState } from "react";

import { Icon } from "@/shared/icons";
import { Link, useParameter } from "@/shared/router";
import type { Json } from "@/shared/types";
import { Button } from "@/shared/ui/Button";

import {
  arranged,
  COLUMNS,
  fitted,
  GAP,
  ROW_HEIGHT,
  rowsUsed,
  settled,
  widgetsOf,
  type Dashboard,
} from "../core/dashboard";
import { idOf, type At, type Widget } from "../core/definitions";
import type { Report } from "../core/report";
import { DocumentTitle } from "../parts/DocumentTitle";
import { followPointer, wordsGhost, type Point } from "../parts/drag";
import { Missing } from "../parts/Missing";
import { SurroundingsContext, type FieldChoice } from "../parts/schema/context";
import { useNarrow } from "../parts/Sheet";
import { useSides, Workbench } from "../parts/Workbench";
import { Drill } from "../report/Drill";
import { FieldList } from "../report/FieldList";
import { ReportOptions } from "../report/ReportOptions";
import { useBodies, useDocument, useDocuments, useProblems, useSession, words } from "../session";
import { t } from "../texts";
import { DashboardSettings } from "./DashboardSettings";
import { dashboardEditor, isAddingTo, type Target } from "./editor";
import { PlaceInputs } from "./PlaceInputs";
import { boxOf, WidgetCard } from "./WidgetCard";
import "../report/report.css";
import "./dashboard.css";

export default function DashboardScreen({ dashboardKey }: { dashboardKey: string }) {
  const session = useSession();
  const documents = useDocuments();
  const id = idOf("dashboard", dashboardKey);
  const [dashboard] = useDocument<Dashboard>(id);
  const problems = useProblems("dashboard", dashboardKey);
  const forms = useBodies("form");
  const [form, setForm] = useState<string | null>(null);
  const [selected, setSelected] = useState<number | null>(null);
  const [target, setTarget] = useState<Target>(null);
  const [moving, setMoving] = useState<{ index: number; at: At } | null>(null);
  const [cell, setCell] = useState<{ report: Report; value: Json | null } | null>(null);
  const [sideShown, show] = useSides();
  const [at] = useParameter("at");
  const canvas = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(900);
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

  const column = (width + GAP) / COLUMNS;
  const row = ROW_HEIGHT + GAP;
  const shown = moving ? arranged(widgets, moving.index, moving.at) : widgets;

  const editor = dashboardEditor({ session, documents, dashboard, formKey, select: setSelected });

  const targetAt = ({ x, y }: Point): Target => {
    const box = canvas.current?.getBoundingClientRect();
    if (!box || x < box.left || x > box.right || y < box.top) return null;
    const under = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-widget]");
    if (under) return { kind: "widget", index: Number(under.dataset.widget) };
    return {
      kind: "grid",
      at: settled(widgets, [
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
        if (where) editor.dropField(field, where);
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
        editor.put(index, place);
      },
      onCancel: () => setMoving(null),
    });
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
                editor.changeReport(
                  report.key,
                  t("report.stepChange", { name: editor.nameOf(widget) }),
                  change,
                  merge,
                )
              }
            />
          ) : (
            <p className="properties danger-text">{t("report.missingReport")}</p>
          )}
          <div className="properties">
            <PlaceInputs at={widget.at} onChange={(place) => editor.put(selected, place)} />
            <div className="row">
              <Link href={`/design/${session.app}/reports/${widget.report}`}>
                {t("report.openReport")}
              </Link>
              <span className="grow" />
              <Button
                kind="danger"
                size="small"
                icon="trash"
                onClick={() => editor.removeWidget(selected)}
              >
                {t("common.remove")}
              </Button>
            </div>
          </div>
        </>
      ) : (
        <DashboardSettings dashboard={dashboard} run={editor.run} problems={problems} />
      )}
    </>
  );
  const left = (
    <>
      <FieldList
        form={formKey}
        onForm={setForm}
        onDrag={dragNew}
        onAdd={(field) => {
          show(null);
          editor.dropField(
            field,
            selected !== null && report && isAddingTo(report, field)
              ? { kind: "widget", index: selected }
              : null,
          );
        }}
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
                onClick={() => {
                  show(null);
                  editor.addReport(body.key);
                }}
              >
                <Icon name="report" />
                <span className="ellipsis">{words(body.label, body.key)}</span>
              </button>
            ))}
          </div>
        </section>
      )}
    </>
  );
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <Workbench
        left={left}
        leftLabel={t("report.fields")}
        leftAction={t("report.addChart")}
        right={side}
        shown={sideShown}
        onShow={show}
      >
        <div
          className="dashboard-scroll"
          onClick={(event) => event.target === event.currentTarget && setSelected(null)}
        >
          <div className="row dashboard-head">
            <DocumentTitle kind="dashboard" docKey={dashboardKey} />
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
              const place = moving?.index === index ? moving.at : one.at;
              return (
                <WidgetCard
                  key={`${one.report}-${index}`}
                  index={index}
                  name={editor.nameOf(one)}
                  report={body}
                  at={one.at}
                  style={phone ? { height: one.at[3] * row } : boxOf(place, column, row)}
                  state={{
                    selected: selected === index,
                    over: target?.kind === "widget" && target.index === index,
                    moving: moving?.index === index,
                  }}
                  onSelect={() => setSelected(index)}
                  onDrag={(event, how) => dragWidget(event, index, how)}
                  onPlace={(at) => editor.put(index, at)}
                  onRemove={() => editor.removeWidget(index)}
                  onDrill={(value) => body && setCell({ report: body, value })}
                />
              );
            })}
          </div>
        </div>
        {cell && <Drill report={cell.report} cell={cell.value} onClose={() => setCell(null)} />}
      </Workbench>
    </SurroundingsContext.Provider>
  );
}
