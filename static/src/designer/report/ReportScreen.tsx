/** The report designer: fields on the left, the chart in the middle, its options on the right; all live. */
import { useMemo, useState } from "react";

import { Icon } from "@/shared/icons";
import { clock } from "@/shared/format";
import type { Json } from "@/shared/types";
import { Button } from "@/shared/ui/Button";

import { withDropped, type Report } from "../core/report";
import { DocumentTitle } from "../parts/DocumentTitle";
import { Missing } from "../parts/Missing";
import { followPointer, wordsGhost, type Point } from "../parts/drag";
import { useSides, Workbench } from "../parts/Workbench";
import { SurroundingsContext, type FieldChoice } from "../parts/schema/context";
import { useDocument, useDocuments, useProblems, useSession, words } from "../session";
import { t } from "../texts";
import { Drill } from "./Drill";
import { FieldList } from "./FieldList";
import { reportFields } from "./fields";
import { ReportFigure, useResult } from "./ReportFigure";
import { ReportOptions } from "./ReportOptions";
import { fieldLabel, measureWords, nameOfReport } from "./report_words";
import "./report.css";

export default function ReportScreen({ reportKey }: { reportKey: string }) {
  const session = useSession();
  const documents = useDocuments();
  const id = `report/${reportKey}`;
  const [report, run] = useDocument<Report>(id);
  const problems = useProblems("report", reportKey);
  const [over, setOver] = useState(false);
  const [cell, setCell] = useState<{ value: Json | null } | null>(null);
  const [shown, show] = useSides();
  const result = useResult(report);
  const surroundings = useMemo(
    () => ({ form: report?.form ?? null, document: id }),
    [report?.form, id],
  );
  if (!report) return <Missing section="reports" />;
  const fields = reportFields(documents, report.form);
  const change = (next: (body: Report) => Report, merge?: string) =>
    run(
      "change_report",
      t("report.stepChange", { name: words(report.label, report.key) }),
      next,
      merge,
    );
  const add = (field: FieldChoice) =>
    run("drop_field", t("report.stepDrop", { field: field.label }), (body) => {
      const dropped = withDropped(body, field.key, fields);
      const automatic = words(body.label) === nameOfReport(session.catalogue, documents, body);
      return automatic
        ? { ...dropped, label: nameOfReport(session.catalogue, documents, dropped) }
        : dropped;
    });
  const isOver = ({ x, y }: Point) => {
    const box = document.querySelector("[data-report-canvas]")?.getBoundingClientRect();
    return box !== undefined && x > box.left && x < box.right && y > box.top && y < box.bottom;
  };
  const drag = (event: React.PointerEvent, field: FieldChoice) =>
    followPointer(event, {
      ghost: wordsGhost(field.label),
      onMove: (point) => setOver(isOver(point)),
      onDrop: (point) => {
        setOver(false);
        if (isOver(point)) add(field);
      },
      onCancel: () => setOver(false),
    });
  const blank =
    !report.funnel && (report.dimensions?.length ?? 0) === 0 && report.chart?.type === "table";
  const options = <ReportOptions report={report} problems={problems} onChange={change} />;
  const total = result.data?.total ?? null;
  const shelf = [
    ...(report.funnel?.field ? [fieldLabel(documents, report.form, report.funnel.field)] : []),
    ...(report.dimensions ?? []).map(({ field }) => fieldLabel(documents, report.form, field)),
    ...(report.funnel
      ? []
      : (report.measures ?? []).map((measure) =>
          measureWords(
            session.catalogue,
            measure,
            measure.field ? fieldLabel(documents, report.form, measure.field) : "",
          ),
        )),
  ];
  const left = (
    <FieldList
      form={report.form}
      onForm={(form) =>
        change((body) => ({
          ...body,
          form,
          dimensions: [],
          measures: [{ of: "count" }],
          funnel: undefined,
          sort: undefined,
          where: undefined,
          chart: { type: "table" },
        }))
      }
      onDrag={drag}
      onAdd={(field) => {
        show(null);
        add(field);
      }}
    />
  );
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <Workbench
        left={left}
        leftLabel={t("report.fields")}
        leftAction={t("report.addField")}
        right={options}
        shown={shown}
        onShow={show}
      >
        <div className="report-stage">
          <section
            className={`report-canvas panel${over ? " is-over" : ""}`}
            data-report-canvas
            aria-label={t("report.canvas")}
          >
            <div className="report-head">
              <DocumentTitle kind="report" docKey={reportKey} />
              <span className="row shelf">
                {!blank &&
                  shelf.map((word, index) => (
                    <span key={index} className="shelf-chip">
                      {word}
                    </span>
                  ))}
              </span>
            </div>
            {blank ? (
              <div className="drop-here">
                <Icon name="report" size={32} />
                <p className="empty-title">{t("report.dropHere")}</p>
                <p className="muted">{t("report.dropText")}</p>
              </div>
            ) : (
              <div className="report-figure">
                <ReportFigure report={report} onDrill={(value) => setCell({ value })} />
              </div>
            )}
            {result.data && !blank && (
              <div className="report-foot meta">
                <span>
                  {total !== null && `${t("report.total", { n: total.toLocaleString() })} · `}
                  {result.data.scope === "all" ? t("report.scopeAll") : t("report.scopeMine")}
                  {` · ${clock(result.data.as_of ? new Date(result.data.as_of) : new Date())}`}
                </span>
                <Button kind="link" size="small" onClick={() => setCell({ value: null })}>
                  {t("report.records")}
                </Button>
              </div>
            )}
          </section>
        </div>
        {cell && <Drill report={report} cell={cell.value} onClose={() => setCell(null)} />}
      </Workbench>
    </SurroundingsContext.Provider>
  );
}
