/** The form itself on 12 columns, with gaps where fields can be put. */
import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";

import { isTabs, lastPlace } from "../core/layout";
import { t } from "../texts";
import { AddHere } from "./AddHere";
import { CanvasItem } from "./CanvasItem";
import { useHasPlace, useIsDragging } from "./drop_state";
import { useFormEditor } from "./editor";
import type { Problems } from "./parts";
import { PasteNames } from "./PasteNames";
import "./canvas.css";

export function Canvas({ phone, problems }: { phone: boolean; problems: Problems }) {
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
        <CanvasItem key={index} item={item} index={index} phone={phone} problems={problems} />
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
