/** The form itself on 12 columns, with gaps where fields can be put. */
import { Fragment, useState } from "react";

import { Icon } from "@/shared/icons";
import type { Problem } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Modal } from "@/shared/ui/Modal";
import { Popover } from "@/shared/ui/Popover";
import { TextArea } from "@/shared/ui/Input";

import type { LayoutItem, Row, Rows } from "../core/definitions";
import { pastedFields } from "../core/form";
import {
  isTabs,
  lastPlace,
  movedItem,
  withItemChanged,
  withoutItem,
  withoutTab,
  type Container,
  type Place,
} from "../core/layout";
import { reworded, words } from "../session";
import { t } from "../texts";
import { useDropColumn, useHasPlace, useIsDragging, useIsGap } from "./drop_state";
import { useFormEditor } from "./editor";
import { FieldCard } from "./FieldCard";
import { Palette } from "./Palette";
import "./canvas.css";

interface Props {
  phone: boolean;
  problems: readonly (Problem & { inner: string })[];
}

export function Canvas({ phone, problems }: Props) {
  const editor = useFormEditor();
  const [pasting, setPasting] = useState(false);
  const { layout, form } = editor;
  const isDragging = useIsDragging();
  const hasPlace = useHasPlace();
  const empty =
    Object.keys(form.fields).length === 0 && layout.every((item) => !isTabs(item) && !item.section);
  const keys = (event: React.KeyboardEvent) => canvasKeys(event, editor);
  return (
    <div
      className={`canvas${phone ? " is-phone" : ""}${isDragging ? " is-target" : ""}`}
      data-canvas
      role="region"
      aria-label={t("form.canvas")}
      onKeyDown={keys}
      onPaste={(event) => {
        if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)
          return;
        event.preventDefault();
        void editor.paste(event.clipboardData.getData("text/plain"));
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) editor.select(null);
      }}
    >
      {layout.map((item, index) => (
        <Item key={index} item={item} index={index} phone={phone} problems={problems} />
      ))}
      {empty && !hasPlace && (
        <div className="canvas-empty">
          <Empty
            icon="form"
            title={t("form.emptyTitle")}
            text={t("form.emptyText")}
            actions={
              <Button icon="paste" onClick={() => setPasting(true)}>
                {t("form.pasteNames")}
              </Button>
            }
          />
        </div>
      )}
      <div className="canvas-end">
        <AddHere place={lastPlace(layout)} end />
        {!empty && (
          <Button kind="text" icon="paste" onClick={() => setPasting(true)}>
            {t("form.pasteNames")}
          </Button>
        )}
      </div>
      {pasting && <PasteNames onClose={() => setPasting(false)} />}
    </div>
  );
}

function canvasKeys(event: React.KeyboardEvent, editor: ReturnType<typeof useFormEditor>): void {
  const target = event.target as HTMLElement;
  const key = target.closest<HTMLElement>("[data-field]")?.dataset.field;
  if (!key || !target.classList.contains("field-hit")) return;
  const mod = event.ctrlKey || event.metaKey;
  const arrows: Record<string, "up" | "down" | "left" | "right"> = {
    ArrowUp: "up",
    ArrowDown: "down",
    ArrowLeft: "left",
    ArrowRight: "right",
  };
  const direction = arrows[event.key];
  if (direction && !mod) editor.nudge(key, direction);
  else if (event.key === "Enter" && !mod) editor.add("text");
  else if (event.key === "F2") editor.startNaming(key);
  else if (event.key === "Delete" || event.key === "Backspace") editor.remove(key);
  else if (mod && event.key.toLowerCase() === "d") editor.duplicate(key);
  else if (mod && event.key.toLowerCase() === "c") void editor.copy(key, false);
  else if (mod && event.key.toLowerCase() === "x") void editor.copy(key, true);
  else if (event.key === "Escape") editor.select(null);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function Item({
  item,
  index,
  phone,
  problems,
}: {
  item: LayoutItem;
  index: number;
  phone: boolean;
  problems: Props["problems"];
}) {
  const editor = useFormEditor();
  const [shown, setShown] = useState(0);
  const isSelected = editor.selection?.kind === "item" && editor.selection.index === index;
  const tools = (
    <span className="item-tools">
      <IconButton
        icon="arrow-up"
        size="small"
        label={t("d.moveUp")}
        disabled={index === 0}
        onClick={() => editor.setLayout((layout) => movedItem(layout, index, index - 1))}
      />
      <IconButton
        icon="trash"
        size="small"
        label={t("form.deleteField")}
        onClick={() => editor.setLayout((layout) => withoutItem(layout, index))}
      />
    </span>
  );
  if (isTabs(item)) {
    const at = Math.min(shown, item.tabs.length - 1);
    const tab = item.tabs[at];
    return (
      <section className={`form-item${isSelected ? " is-selected" : ""}`}>
        <div className="form-tabs">
          {item.tabs.map((one, position) => (
            <span key={position} className={`form-tab${position === at ? " is-current" : ""}`}>
              {position === at ? (
                <TitleInput
                  label={t("form.tabName")}
                  value={words(one.label)}
                  onChange={(text) =>
                    editor.setLayout(
                      (layout) =>
                        withItemChanged(layout, index, (other) =>
                          isTabs(other)
                            ? {
                                tabs: other.tabs.map((inner, p) =>
                                  p === position
                                    ? { ...inner, label: reworded(inner.label, text) }
                                    : inner,
                                ),
                              }
                            : other,
                        ),
                      `tab:${index}:${position}`,
                    )
                  }
                />
              ) : (
                <button type="button" className="plain" onClick={() => setShown(position)}>
                  {words(one.label)}
                </button>
              )}
              {position === at && item.tabs.length > 1 && (
                <IconButton
                  icon="close"
                  size="small"
                  label={t("common.remove")}
                  onClick={() => editor.setLayout((layout) => withoutTab(layout, index, position))}
                />
              )}
            </span>
          ))}
          <IconButton
            icon="add"
            size="small"
            label={t("form.addTab")}
            onClick={() => {
              editor.setLayout((layout) =>
                withItemChanged(layout, index, (other) =>
                  isTabs(other)
                    ? {
                        tabs: [
                          ...other.tabs,
                          { label: t("form.newTab", { n: other.tabs.length + 1 }), rows: [] },
                        ],
                      }
                    : other,
                ),
              );
              setShown(item.tabs.length);
            }}
          />
          {tools}
        </div>
        {tab && <RowsOf rows={tab} container={[index, at]} phone={phone} problems={problems} />}
      </section>
    );
  }
  return (
    <section className={`form-item${isSelected ? " is-selected" : ""}`}>
      {item.section !== undefined && (
        <div className="form-section">
          <TitleInput
            label={t("form.sectionName")}
            value={words(item.section)}
            onChange={(text) =>
              editor.setLayout(
                (layout) =>
                  withItemChanged(layout, index, (other) => ({
                    ...other,
                    section: reworded(item.section, text),
                  })),
                `section:${index}`,
              )
            }
          />
          {tools}
        </div>
      )}
      <RowsOf rows={item} container={[index]} phone={phone} problems={problems} />
    </section>
  );
}

function TitleInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const editor = useFormEditor();
  return (
    <input
      className="title-input"
      aria-label={label}
      value={value}
      size={Math.max(4, value.length * 2)}
      maxLength={80}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => editor.session.workspace.seal(editor.id)}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}

function RowsOf({
  rows,
  container,
  phone,
  problems,
}: {
  rows: Rows;
  container: Container;
  phone: boolean;
  problems: Props["problems"];
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
  problems: Props["problems"];
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

/** A ＋ where a field can be put: between rows on hover and focus, at the end always. */
function AddHere({ place, end = false }: { place: Place; end?: boolean }) {
  const [open, setOpen] = useState(false);
  return (
    <div className={end ? "add-end" : "add-between"}>
      <Popover
        open={open}
        onOpenChange={setOpen}
        placement="bottom"
        content={
          open ? (
            <div className="palette-popover">
              <Palette place={place} draggable={false} onAdded={() => setOpen(false)} />
            </div>
          ) : null
        }
      >
        {end ? (
          <button
            type="button"
            className="plain add-end-button"
            aria-haspopup="dialog"
            aria-expanded={open}
          >
            <Icon name="add" />
            {t("form.addField")}
          </button>
        ) : (
          <button
            type="button"
            className="plain add-between-button"
            aria-label={t("form.addHere")}
            aria-haspopup="dialog"
            aria-expanded={open}
          >
            <Icon name="add" size={14} />
          </button>
        )}
      </Popover>
    </div>
  );
}

function PasteNames({ onClose }: { onClose: () => void }) {
  const editor = useFormEditor();
  const [text, setText] = useState("");
  const pasted = pastedFields(text);
  const count = pasted ? ("names" in pasted ? pasted.names.length : pasted.fields.length) : 0;
  return (
    <Modal
      open
      title={t("form.pasteNames")}
      onClose={onClose}
      action={{
        label: t("form.addThem", { n: count }),
        disabled: count === 0,
        run: () => {
          onClose();
          void editor.paste(text);
        },
      }}
    >
      <p className="muted">{t("form.pasteNamesText")}</p>
      <TextArea
        value={text}
        onChange={setText}
        aria-label={t("form.pasteNames")}
        autoFocus
        autoSize={{ minRows: 6, maxRows: 14 }}
      />
    </Modal>
  );
}
