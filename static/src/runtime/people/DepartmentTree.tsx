/** The departments as a tree; arrows move, open and close. */
import { type KeyboardEvent, useState } from "react";

import { Icon } from "@/shared/icons";
import { t } from "@/shared/texts/people";

import type { Branch } from "./data";

interface Props {
  branches: readonly Branch[];
  current: number | null;
  onChange: (id: number | null) => void;
}

export function DepartmentTree({ branches, current, onChange }: Props) {
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const toggle = (id: number) => {
    const next = new Set(closed);
    if (!next.delete(id)) next.add(id);
    setClosed(next);
  };
  const keyed = (event: KeyboardEvent<HTMLElement>) => {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const item = items[at];
    if (!item) return;
    const id = Number(item.dataset.id ?? 0);
    if (event.key === "ArrowDown") items[at + 1]?.focus();
    else if (event.key === "ArrowUp") items[at - 1]?.focus();
    else if (event.key === "ArrowRight" && closed.has(id)) toggle(id);
    else if (event.key === "ArrowLeft" && item.getAttribute("aria-expanded") === "true") toggle(id);
    else if (event.key === "Enter" || event.key === " ") onChange(id || null);
    else return;
    event.preventDefault();
  };
  const node = (branch: Branch, level: number) => {
    const open = !closed.has(branch.id);
    return [
      <li
        key={branch.id}
        role="treeitem"
        data-id={branch.id}
        aria-level={level}
        aria-expanded={branch.below.length ? open : undefined}
        aria-selected={current === branch.id}
        tabIndex={current === branch.id ? 0 : -1}
        className={`tree-item${current === branch.id ? " is-current" : ""}`}
        style={{ paddingLeft: 8 + (level - 1) * 16 }}
        onClick={() => onChange(branch.id)}
      >
        <span
          className="tree-toggle"
          onClick={(event) => {
            if (!branch.below.length) return;
            event.stopPropagation();
            toggle(branch.id);
          }}
        >
          {branch.below.length > 0 && (
            <Icon name={open ? "chevron-down" : "chevron-right"} size={14} />
          )}
        </span>
        <span className="grow ellipsis">{branch.name}</span>
        {branch.people ? <span className="meta">{branch.people}</span> : null}
      </li>,
      ...(open ? branch.below.flatMap((below): React.ReactNode[] => node(below, level + 1)) : []),
    ];
  };
  return (
    <ul role="tree" aria-label={t("people.departments")} className="tree" onKeyDown={keyed}>
      <li
        role="treeitem"
        aria-level={1}
        aria-selected={current === null}
        tabIndex={current === null ? 0 : -1}
        className={`tree-item${current === null ? " is-current" : ""}`}
        style={{ paddingLeft: 8 }}
        onClick={() => onChange(null)}
      >
        <span className="tree-toggle" />
        <span className="grow">{t("people.all")}</span>
      </li>
      {branches.flatMap((branch) => node(branch, 1))}
    </ul>
  );
}
