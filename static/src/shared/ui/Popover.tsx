/** A small floating panel with controls, opened by its child. */
import { Popover as AntPopover } from "antd";
import type { ReactElement, ReactNode } from "react";

import { t } from "../texts";

interface Props {
  /** What the panel is for, spoken. */
  label?: string;
  content: ReactNode;
  children: ReactElement;
  title?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  placement?:
    "bottomLeft" | "bottomRight" | "bottom" | "top" | "left" | "right" | "leftTop" | "rightTop";
}

export function Popover({
  label,
  content,
  children,
  title,
  open,
  onOpenChange,
  placement = "bottomLeft",
}: Props) {
  return (
    <AntPopover
      // A panel without content never opens; what it holds is made when it is shown.
      content={
        content == null ? (
          <></>
        ) : (
          <div
            role="dialog"
            aria-label={label ?? (typeof title === "string" ? title : t("common.details"))}
          >
            {content}
          </div>
        )
      }
      title={title}
      trigger="click"
      arrow={false}
      open={open}
      onOpenChange={onOpenChange}
      placement={placement}
      destroyOnHidden
    >
      {children}
    </AntPopover>
  );
}
