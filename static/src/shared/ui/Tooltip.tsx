/** A short explanation on hover and on focus. */
import { Tooltip as AntTooltip } from "antd";
import type { ReactElement, ReactNode } from "react";

interface Props {
  title: ReactNode;
  children: ReactElement;
  placement?: "top" | "bottom" | "left" | "right";
}

export function Tooltip({ title, children, placement = "bottom" }: Props) {
  if (!title) return children;
  return (
    <AntTooltip title={title} placement={placement} mouseEnterDelay={0.4} destroyOnHidden>
      {children}
    </AntTooltip>
  );
}
