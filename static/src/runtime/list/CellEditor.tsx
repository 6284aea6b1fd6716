/** Editing one cell in place: Enter or leaving saves, Esc does not. */
import "./cell_editor.css";

import { useEffect, useRef, useState } from "react";

import type { FieldInfo, Value } from "@/shared/types";
import { widget } from "@/widgets/registry";

import { same } from "../records";

interface Props {
  app: string;
  field: FieldInfo;
  value: Value;
  /** Typing on a chosen cell begins with what was typed. */
  typed?: string;
  problem?: string | null;
  onSave: (value: Value) => void;
  onCancel: () => void;
}

/** Choosing is the whole edit; other widgets wait for Enter or for leaving. */
const AT_ONCE = new Set(["choice", "date", "link", "person", "department", "check"]);
const FLOATING = ".ant-select-dropdown, .ant-picker-dropdown, .ant-popover";

export function CellEditor({ app, field, value, typed, problem, onSave, onCancel }: Props) {
  const { Edit } = widget(field);
  const [draft, setDraft] = useState<Value>(typed ?? value);
  const ref = useRef<HTMLDivElement>(null);
  const done = useRef(false);
  const latest = useRef(draft);

  const finish = (next: Value) => {
    if (done.current) return;
    done.current = true;
    if (same(next, value)) onCancel();
    else onSave(next);
  };
  const finishRef = useRef(finish);
  useEffect(() => {
    finishRef.current = finish;
    latest.current = draft;
  });
  useEffect(() => {
    if (problem) done.current = false;
  }, [problem]);
  useEffect(() => {
    const leave = (event: PointerEvent) => {
      const target = event.target as Element | null;
      if (ref.current?.contains(target) || target?.closest(FLOATING)) return;
      finishRef.current(latest.current);
    };
    document.addEventListener("pointerdown", leave, true);
    return () => document.removeEventListener("pointerdown", leave, true);
  }, []);

  if (!Edit) return null;
  return (
    <div
      ref={ref}
      className={`cell-editor${problem ? " is-wrong" : ""}`}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") {
          event.stopPropagation();
          done.current = true;
          onCancel();
        } else if (
          event.key === "Tab" ||
          (event.key === "Enter" && !AT_ONCE.has(field.widget) && !event.shiftKey)
        ) {
          const lines = field.widget === "long_text" && !event.ctrlKey && !event.metaKey;
          if (event.key === "Enter" && (field.widget === "choices" || lines)) return;
          event.preventDefault();
          event.stopPropagation();
          finish(draft);
        } else event.stopPropagation();
      }}
    >
      <Edit
        id={`edit-${field.key}`}
        field={field}
        value={draft}
        app={app}
        compact
        autoFocus
        invalid={!!problem}
        describedBy={problem ? `edit-${field.key}-problem` : undefined}
        onChange={(next) => {
          setDraft(next);
          latest.current = next;
          if (AT_ONCE.has(field.widget)) finish(next);
        }}
      />
      {problem && (
        <p id={`edit-${field.key}-problem`} className="cell-problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
