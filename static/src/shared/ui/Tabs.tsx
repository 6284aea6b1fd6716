/** Tabs by the ARIA pattern: arrows move, only the current one is in the tab order. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";

export interface Tab {
  key: string;
  label: ReactNode;
  count?: number | string | null;
}

interface Props {
  tabs: readonly Tab[];
  current: string;
  onChange: (key: string) => void;
  label: string;
  extra?: ReactNode;
  /** The id of the panel that the tabs control. */
  panel?: string;
}

export function Tabs({ tabs, current, onChange, label, extra, panel }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = ref.current;
    const tab = list?.querySelector<HTMLElement>('[aria-selected="true"]');
    if (!list || !tab) return;
    // Only the row of tabs scrolls: the page stays where it is.
    const before = tab.offsetLeft - list.offsetLeft;
    const after = before + tab.offsetWidth;
    if (before < list.scrollLeft) list.scrollLeft = before;
    else if (after > list.scrollLeft + list.clientWidth) list.scrollLeft = after - list.clientWidth;
  }, [current]);
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const index = tabs.findIndex((tab) => tab.key === current);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (!next) return;
    onChange(next.key);
    ref.current?.querySelectorAll<HTMLElement>('[role="tab"]')[tabs.indexOf(next)]?.focus();
  };
  return (
    <div className="tabs">
      <div role="tablist" aria-label={label} className="tabs-list" ref={ref} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            className="plain tab"
            aria-selected={tab.key === current}
            aria-controls={panel}
            tabIndex={tab.key === current ? 0 : -1}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
            {tab.count != null ? <span className="tab-count">{tab.count}</span> : null}
          </button>
        ))}
      </div>
      {extra}
    </div>
  );
}
