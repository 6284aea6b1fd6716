/** Short messages at the bottom, with undo where something was done. Not shown for every save. */
import { useEffect, useSyncExternalStore } from "react";

import { Icon } from "../icons";
import { t } from "../texts";
import { IconButton } from "./Button";
import { sentence } from "./Problems";

export interface Toast {
  id: number;
  text: string;
  kind: "info" | "success" | "error";
  seconds: number;
  action?: { label: string; run: () => void };
}

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((listener) => listener());
}

export function dismiss(id: number): void {
  change(toasts.filter((toast) => toast.id !== id));
}

export function toast(text: string, more: Partial<Omit<Toast, "id" | "text">> = {}): number {
  last += 1;
  const entry: Toast = { id: last, text, kind: "info", seconds: 4, ...more };
  change([...toasts.slice(-3), entry]);
  return entry.id;
}

/** Says that something was done and offers to undo it for 8 seconds. */
export function undoable(text: string, undo: () => void): number {
  return toast(text, { seconds: 8, action: { label: t("common.undo"), run: undo } });
}

export function failed(error: unknown): void {
  toast(sentence(error), { kind: "error", seconds: 8 });
}

/** Runs an action; its error becomes a message. Gives undefined then. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    failed(error);
    return undefined;
  }
}

function One({ entry }: { entry: Toast }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(entry.id), entry.seconds * 1000);
    return () => clearTimeout(timer);
  }, [entry]);
  return (
    <div className={`toast is-${entry.kind}`}>
      {entry.kind !== "info" && <Icon name={entry.kind === "error" ? "error" : "success"} />}
      <span className="toast-text">{entry.text}</span>
      {entry.action && (
        <button
          type="button"
          className="plain toast-action"
          onClick={() => {
            dismiss(entry.id);
            entry.action?.run();
          }}
        >
          {entry.action.label}
        </button>
      )}
      <IconButton
        icon="close"
        label={t("common.close")}
        size="small"
        noTooltip
        onClick={() => dismiss(entry.id)}
      />
    </div>
  );
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((entry) => (
        <One key={entry.id} entry={entry} />
      ))}
    </div>
  );
}
