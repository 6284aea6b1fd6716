/** A menu that opens from a button; arrows move, Enter chooses, Esc closes. */
import { Dropdown as AntDropdown, type MenuProps } from "antd";
import type { ReactElement, ReactNode } from "react";

import { Icon } from "../icons";

export interface MenuItem {
  key: string;
  label: ReactNode;
  icon?: string;
  danger?: boolean;
  disabled?: boolean;
  hint?: string;
  run?: () => void;
}

export type MenuEntry = MenuItem | "line" | { group: string; items: MenuItem[] };

interface Props {
  items: readonly MenuEntry[];
  children: ReactElement;
  placement?: "bottomLeft" | "bottomRight" | "topLeft" | "topRight";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: "click" | "contextMenu";
}

function item(entry: MenuItem) {
  return {
    key: entry.key,
    danger: entry.danger,
    disabled: entry.disabled,
    icon: entry.icon ? <Icon name={entry.icon} /> : undefined,
    label: entry.hint ? (
      <span className="menu-hint">
        <span>{entry.label}</span>
        <span className="meta">{entry.hint}</span>
      </span>
    ) : (
      entry.label
    ),
    onClick: (event: { domEvent: { stopPropagation: () => void } }) => {
      event.domEvent.stopPropagation();
      entry.run?.();
    },
  };
}

export function Menu({
  items,
  children,
  placement = "bottomLeft",
  open,
  onOpenChange,
  trigger = "click",
}: Props) {
  const entries: MenuProps["items"] = items.map((entry, index) => {
    if (entry === "line") return { type: "divider" as const, key: `line-${index}` };
    if ("group" in entry) {
      return {
        type: "group" as const,
        key: `group-${index}`,
        label: entry.group,
        children: entry.items.map(item),
      };
    }
    return item(entry);
  });
  return (
    <AntDropdown
      trigger={[trigger]}
      placement={placement}
      open={open}
      onOpenChange={onOpenChange}
      autoFocus
      menu={{ items: entries }}
    >
      {children}
    </AntDropdown>
  );
}
