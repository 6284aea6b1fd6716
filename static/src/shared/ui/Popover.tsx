/** A small floating panel with controls, opened by its child. */
import { Popover as AntPopover } from "antd";
import { type ReactElement, type ReactNode, useRef } from "react";

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
  const panel = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  // The library shows the panel after it is made, so that a focus given before is lost.
  const settled = (shown: boolean) => {
    if (shown) {
      if (panel.current?.contains(document.activeElement)) return;
      before.current = document.activeElement;
      panel.current
        ?.querySelector<HTMLElement>("input:enabled, textarea:enabled, button:enabled, a[href]")
        ?.focus({ preventScroll: true });
    } else if (document.activeElement === document.body && before.current instanceof HTMLElement)
      before.current.focus({ preventScroll: true });
  };
  return (
    <AntPopover
      // A panel without content never opens; what it holds is made when it is shown.
      content={
        content == null ? (
          <></>
        ) : (
          <div
            ref={panel}
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
      afterOpenChange={settled}
      placement={placement}
      destroyOnHidden
    >
      {children}
    </AntPopover>
  );
}
