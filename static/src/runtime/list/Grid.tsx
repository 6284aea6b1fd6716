/**
 * A virtual grid: rows of 36 px, only those in sight are in the page; the first column stays.
 *
 * Pages are only ever appended at the end, so scrolling never jumps. Keys follow the ARIA grid pattern.
 */
import "./grid.css";

import {
  type KeyboardEvent,
  type UIEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

import { currencySymbol } from "@/shared/format";
import { Icon } from "@/shared/icons";
import { lettersOn, useShortcut } from "@/shared/keyboard";
import type { FieldInfo, RecordData, Value } from "@/shared/types";
import { Checkbox } from "@/shared/ui/Checkbox";
import { t } from "@/shared/texts/list";
import { alignment } from "@/widgets/align";
import { widget } from "@/widgets/registry";

import { mayEdit } from "../records";
import { CellEditor } from "./CellEditor";
import type { Column } from "./columns";

const ROW = 36;
const OVERSCAN = 8;
const MARK = 40;
const AHEAD = 40;

interface Props {
  app: string;
  label: string;
  currency: string | null;
  columns: readonly Column[];
  records: readonly RecordData[];
  total: number | null;
  sort: string | null;
  onSort: (key: string) => void;
  onResize: (key: string, width: number) => void;
  selected: ReadonlySet<number>;
  onSelect: (ids: Set<number>) => void;
  onOpen: (record: RecordData) => void;
  /** The record that stands open beside the list. */
  opened: number | null;
  /** Gives the problem's text, or null when saved. */
  onSave: (record: RecordData, field: FieldInfo, value: Value) => Promise<string | null>;
  editable: boolean;
  more: boolean;
  onMore: () => void;
  busy: boolean;
  /** The rows are of what was asked before, and the answer cannot come now. */
  stale: boolean;
}

interface Editing {
  row: number;
  column: number;
  typed?: string;
  problem?: string | null;
}

export function Grid(props: Props) {
  const { app, columns, records, selected, onSelect, onOpen, opened, sort, more, onMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const [active, setActive] = useState<{ row: number; column: number } | null>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const lastChecked = useRef<number | null>(null);
  const total = columns.reduce((sum, column) => sum + column.width, MARK);
  const template = `${MARK}px ${columns.map((column) => `${column.width}px`).join(" ")} minmax(0, 1fr)`;

  useLayoutEffect(() => {
    const node = scroller.current;
    if (!node) return;
    const measure = () => setView((old) => ({ ...old, height: node.clientHeight }));
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    measure();
    return () => observer.disconnect();
  }, []);

  const first = Math.max(0, Math.floor(view.top / ROW) - OVERSCAN);
  const last = Math.min(records.length, Math.ceil((view.top + view.height) / ROW) + OVERSCAN);

  useEffect(() => {
    if (more && last > records.length - AHEAD) onMore();
  }, [last, more, onMore, records.length]);

  const scrolled = useCallback((event: UIEvent<HTMLDivElement>) => {
    const { scrollTop, clientHeight } = event.currentTarget;
    setView({ top: scrollTop, height: clientHeight });
  }, []);

  const show = (row: number) => {
    const node = scroller.current;
    if (!node) return;
    const top = row * ROW;
    const height = node.clientHeight - ROW;
    if (top < node.scrollTop) node.scrollTop = top;
    else if (top + ROW > node.scrollTop + height) node.scrollTop = top + ROW - height;
  };

  const go = (row: number, column: number) => {
    const next = {
      row: Math.max(0, Math.min(records.length - 1, row)),
      column: Math.max(0, Math.min(columns.length - 1, column)),
    };
    setActive(next);
    show(next.row);
  };

  const begin = (row: number, column: number, typed?: string) => {
    const record = records[row];
    const field = columns[column]?.field;
    if (!record || !field) return;
    if (!props.editable || !mayEdit(field) || !widget(field).Edit) {
      if (typed === undefined) onOpen(record);
      return;
    }
    if (field.widget === "check" && typed === undefined) {
      void props.onSave(record, field, !record[field.key]);
      return;
    }
    setEditing({ row, column, typed });
  };

  const toggle = (row: number, range: boolean) => {
    const record = records[row];
    if (!record) return;
    const next = new Set(selected);
    const on = !next.has(record.id);
    const from = range && lastChecked.current !== null ? lastChecked.current : row;
    for (let i = Math.min(from, row); i <= Math.max(from, row); i += 1) {
      const id = records[i]?.id;
      if (id === undefined) continue;
      if (on) next.add(id);
      else next.delete(id);
    }
    lastChecked.current = row;
    onSelect(next);
  };

  const keyed = (event: KeyboardEvent) => {
    if (editing || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if ((event.target as HTMLElement).tagName === "INPUT") return;
    const { row, column } = active ?? { row: -1, column: 0 };
    const page = Math.max(1, Math.floor(view.height / ROW) - 2);
    const letters = lettersOn();
    const key = event.key;
    if (key === "ArrowDown" || (letters && key === "j")) go(row + 1, column);
    else if (key === "ArrowUp" || (letters && key === "k")) go(row - 1, column);
    else if (key === "ArrowRight") go(Math.max(row, 0), column + 1);
    else if (key === "ArrowLeft") go(Math.max(row, 0), column - 1);
    else if (key === "PageDown") go(row + page, column);
    else if (key === "PageUp") go(row - page, column);
    else if (key === "Home") go(Math.max(row, 0), 0);
    else if (key === "End") go(Math.max(row, 0), columns.length - 1);
    else if (row < 0) return;
    else if (key === "Enter") {
      const record = records[row];
      if (record) onOpen(record);
    } else if (key === "F2" || (letters && key === "e")) begin(row, column);
    else if (key === " ") toggle(row, event.shiftKey);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  // From anywhere on the page, unless an open record has these letters for itself.
  const step = (by: number) => {
    scroller.current?.focus({ preventScroll: true });
    go((active?.row ?? -1) + by, active?.column ?? 0);
  };
  useShortcut("j", () => step(1), opened === null && !editing);
  useShortcut("k", () => step(-1), opened === null && !editing);

  const save = async (value: Value) => {
    if (!editing) return;
    const record = records[editing.row];
    const field = columns[editing.column]?.field;
    if (!record || !field) return;
    const problem = await props.onSave(record, field, value);
    if (problem === null) {
      setEditing(null);
      scroller.current?.focus({ preventScroll: true });
    } else setEditing((now) => (now ? { ...now, problem } : now));
  };

  const everyone = records.length > 0 && records.every((record) => selected.has(record.id));
  return (
    <div
      ref={scroller}
      className={`grid${props.stale ? " is-stale" : ""}`}
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.total === null ? -1 : props.total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable="true"
      aria-busy={props.busy}
      aria-activedescendant={active && !editing ? `cell-${active.row}-${active.column}` : undefined}
      tabIndex={0}
      onScroll={scrolled}
      onKeyDown={keyed}
    >
      <div className="grid-head" role="rowgroup" style={{ minWidth: total }}>
        <div
          role="row"
          aria-rowindex={1}
          className="grid-row"
          style={{ gridTemplateColumns: template }}
        >
          <div role="columnheader" aria-colindex={1} className="grid-mark is-sticky">
            <Checkbox
              checked={everyone}
              indeterminate={!everyone && selected.size > 0}
              label={t("list.selectAll")}
              onChange={(on) =>
                onSelect(on ? new Set(records.map((record) => record.id)) : new Set())
              }
            />
          </div>
          {columns.map((column, index) => (
            <Head
              key={column.field.key}
              column={column}
              index={index}
              currency={props.currency}
              sort={sort}
              onSort={props.onSort}
              onResize={props.onResize}
            />
          ))}
          <div role="presentation" className="grid-rest" />
        </div>
      </div>
      <div
        role="rowgroup"
        className="grid-body"
        style={{ height: records.length * ROW, minWidth: total }}
      >
        {records.slice(first, last).map((record, offset) => {
          const row = first + offset;
          const checked = selected.has(record.id);
          const name = record.label || t("list.untitled");
          return (
            <div
              key={record.id}
              role="row"
              aria-rowindex={row + 2}
              aria-selected={checked}
              className={`grid-row${checked ? " is-selected" : ""}${opened === record.id ? " is-open" : ""}${active?.row === row ? " is-active" : ""}`}
              style={{ gridTemplateColumns: template, top: row * ROW }}
            >
              <div role="gridcell" aria-colindex={1} className="grid-mark is-sticky">
                <Checkbox
                  checked={checked}
                  label={t("list.selectRow", { name })}
                  onChange={(_, event) => toggle(row, (event.nativeEvent as MouseEvent).shiftKey)}
                />
              </div>
              {columns.map(({ field }, index) => {
                const edited = editing?.row === row && editing.column === index ? editing : null;
                const at = active?.row === row && active.column === index;
                const align = alignment(field);
                const { View } = widget(field);
                const value = record[field.key] as Value;
                return (
                  <div
                    key={field.key}
                    id={`cell-${row}-${index}`}
                    role="gridcell"
                    aria-colindex={index + 2}
                    className={`grid-cell is-${align}${index === 0 ? " is-sticky is-title" : ""}${at ? " is-at" : ""}${edited ? " is-editing" : ""}`}
                    onClick={() => {
                      if (edited) return;
                      if (index === 0) onOpen(record);
                      else if (at) begin(row, index);
                      setActive({ row, column: index });
                    }}
                    onDoubleClick={() => !edited && index > 0 && !at && begin(row, index)}
                  >
                    {edited ? (
                      <CellEditor
                        app={app}
                        field={field}
                        value={value}
                        typed={edited.typed}
                        problem={edited.problem}
                        onSave={(next) => void save(next)}
                        onCancel={() => {
                          setEditing(null);
                          scroller.current?.focus({ preventScroll: true });
                        }}
                      />
                    ) : index === 0 ? (
                      <span className="grid-open ellipsis">
                        <View field={field} value={value} app={app} compact />
                      </span>
                    ) : (
                      <span className="ellipsis grid-value">
                        <View field={field} value={value} app={app} compact />
                      </span>
                    )}
                  </div>
                );
              })}
              <div role="presentation" className="grid-rest" />
            </div>
          );
        })}
      </div>
      {more ? <div className="grid-more meta">{t("list.loadingMore")}</div> : null}
    </div>
  );
}

interface HeadProps {
  column: Column;
  index: number;
  currency: string | null;
  sort: string | null;
  onSort: (key: string) => void;
  onResize: (key: string, width: number) => void;
}

function Head({ column: { field, width }, index, currency, sort, onSort, onResize }: HeadProps) {
  const direction =
    sort === field.key ? "ascending" : sort === `-${field.key}` ? "descending" : undefined;
  const returns = field.options.returns ?? field.options.shows;
  const money = field.widget === "money" || returns === "money";
  const symbol = money
    ? currencySymbol(typeof field.options.currency === "string" ? field.options.currency : currency)
    : "";
  const label = symbol ? `${field.label} (${symbol})` : field.label;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={direction ?? (field.sortable === false ? undefined : "none")}
      className={`grid-cell grid-head-cell is-${alignment(field)}${index === 0 ? " is-sticky" : ""}`}
    >
      {field.sortable === false ? (
        <span className="ellipsis">{label}</span>
      ) : (
        <button
          type="button"
          className="plain grid-sort"
          title={t("list.sortBy", { field: field.label })}
          onClick={() => onSort(field.key)}
        >
          <span className="ellipsis">{label}</span>
          {direction && (
            <Icon name={direction === "ascending" ? "arrow-up" : "arrow-down"} size={12} />
          )}
        </button>
      )}
      <span
        role="separator"
        aria-orientation="vertical"
        aria-label={t("list.resize", { field: field.label })}
        aria-valuenow={width}
        aria-valuemin={64}
        aria-valuemax={640}
        tabIndex={-1}
        className="grid-resize"
        onPointerDown={(event) => {
          event.preventDefault();
          event.stopPropagation();
          const handle = event.currentTarget;
          const start = event.clientX;
          handle.setPointerCapture(event.pointerId);
          const move = (now: PointerEvent) => onResize(field.key, width + now.clientX - start);
          const up = () => {
            handle.removeEventListener("pointermove", move);
            handle.removeEventListener("pointerup", up);
          };
          handle.addEventListener("pointermove", move);
          handle.addEventListener("pointerup", up);
        }}
      />
    </div>
  );
}
