/** The rows of fields in a section or tab, with the gaps where a field can be put. */
import { Fragment } from "react";

import type { Row, Rows } from "../core/definitions";
import type { Container } from "../core/layout";
import { t } from "../texts";
import { AddHere } from "./AddHere";
import { useDropColumn, useHasPlace, useIsDragging, useIsGap } from "./drop_state";
import { useFormEditor } from "./editor";
import { FieldCard } from "./FieldCard";
import type { Problems } from "./parts";

export function CanvasRows({
  rows,
  container,
  phone,
  problems,
}: {
  rows: Rows;
  container: Container;
  phone: boolean;
  problems: Problems;
}) {
  const hasPlace = useHasPlace();
  return (
    <div className="form-rows" data-container={container.join()}>
      {rows.rows.map((row, number) => (
        <Fragment key={row.join()}>
          <Gap container={container} row={number} />
          <RowOf
            row={row}
            number={number}
            container={container}
            phone={phone}
            problems={problems}
          />
        </Fragment>
      ))}
      <Gap container={container} row={rows.rows.length} last />
      {rows.rows.length === 0 && !hasPlace && <div className="rows-empty">{t("form.addHere")}</div>}
    </div>
  );
}

/** Between two rows: the placeholder while something is dragged here, else a ＋. */
function Gap({
  container,
  row,
  last = false,
}: {
  container: Container;
  row: number;
  last?: boolean;
}) {
  const isGap = useIsGap(container, row);
  const isDragging = useIsDragging();
  if (isGap) return <Placeholder />;
  if (isDragging || last || row === 0) return null;
  return <AddHere place={{ container, row, column: null }} />;
}

function Placeholder({ span = 12 }: { span?: number }) {
  return <div className="placeholder" data-placeholder style={{ gridColumn: `span ${span}` }} />;
}

function RowOf({
  row,
  number,
  container,
  phone,
  problems,
}: {
  row: Row;
  number: number;
  container: Container;
  phone: boolean;
  problems: Problems;
}) {
  const editor = useFormEditor();
  const { form } = editor;
  const inside = useDropColumn(container, number);
  const count = row.length + (inside === null ? 0 : 1);
  const span = phone ? 12 : Math.floor(12 / count);
  return (
    <div className="form-row" data-row={number}>
      {row.map((key, column) => {
        const field = form.fields[key];
        if (!field) return null;
        const found = problems.filter(
          ({ inner }) => inner === `/fields/${key}` || inner.startsWith(`/fields/${key}/`),
        );
        return (
          <Fragment key={key}>
            {inside === column && <Placeholder span={span} />}
            <FieldCard
              fieldKey={key}
              field={field}
              formKey={form.key}
              span={span}
              selected={editor.selected === key}
              naming={editor.naming === key}
              problem={
                found.some((one) => one.severity !== "warning")
                  ? "error"
                  : found.length
                    ? "warning"
                    : null
              }
            />
          </Fragment>
        );
      })}
      {inside === row.length && <Placeholder span={span} />}
    </div>
  );
}
