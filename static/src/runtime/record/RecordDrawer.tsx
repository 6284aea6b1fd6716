/** A record beside its list; the list stays usable, ↑ ↓ go through it. */
import { type PointerEvent, useState } from "react";

import { useShortcut } from "@/shared/keyboard";
import { useLocation } from "@/shared/router";
import type { FormInfo } from "@/shared/types";
import { IconButton } from "@/shared/ui/Button";
import { t } from "@/shared/texts/record";

import { RecordView } from "./RecordView";

const STORE = "mortise.drawer";
const LEAST = 480;

interface Props {
  form: FormInfo;
  id: number;
  previous: number | null;
  next: number | null;
  onGo: (id: number) => void;
  onClose: () => void;
}

export default function RecordDrawer({ form, id, previous, next, onGo, onClose }: Props) {
  const [width, setWidth] = useState(() => Number(localStorage.getItem(STORE)) || 720);
  const [, navigate] = useLocation();
  useShortcut("escape", onClose);
  useShortcut("k", () => previous !== null && onGo(previous));
  useShortcut("j", () => next !== null && onGo(next));

  const sized = (value: number) => {
    const limited = Math.round(Math.max(LEAST, Math.min(window.innerWidth - 120, value)));
    setWidth(limited);
    localStorage.setItem(STORE, String(limited));
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault();
    const handle = event.currentTarget;
    handle.setPointerCapture(event.pointerId);
    const move = (now: globalThis.PointerEvent) => sized(window.innerWidth - now.clientX);
    const up = () => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", up);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", up);
  };
  return (
    <aside className="record-drawer" style={{ width }} aria-label={form.label}>
      <div
        className="record-handle"
        role="separator"
        aria-orientation="vertical"
        aria-label={t("record.resize")}
        aria-valuenow={width}
        aria-valuemin={LEAST}
        aria-valuemax={window.innerWidth - 120}
        tabIndex={0}
        onPointerDown={drag}
        onKeyDown={(event) => {
          if (event.key === "ArrowLeft") sized(width + 40);
          else if (event.key === "ArrowRight") sized(width - 40);
        }}
      />
      <RecordView
        form={form}
        id={id}
        onGone={onClose}
        tools={
          <>
            <IconButton
              icon="chevron-up"
              label={t("record.previous")}
              shortcut="K"
              disabled={previous === null}
              onClick={() => previous !== null && onGo(previous)}
            />
            <IconButton
              icon="chevron-down"
              label={t("record.next")}
              shortcut="J"
              disabled={next === null}
              onClick={() => next !== null && onGo(next)}
            />
            <IconButton
              icon="expand"
              label={t("record.openPage")}
              onClick={() => navigate(`/apps/${form.app}/${form.key}/${id}`)}
            />
            <IconButton icon="close" label={t("common.close")} shortcut="Esc" onClick={onClose} />
          </>
        }
      />
    </aside>
  );
}
