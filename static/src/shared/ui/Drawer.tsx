/** A panel from the right that keeps the page behind it: reading and filling. */
import { Drawer as AntDrawer } from "antd";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";

interface Props {
  open: boolean;
  onClose: () => void;
  width?: number;
  label: string;
  children: ReactNode;
  /** Whether the page behind stays usable. */
  modal?: boolean;
  afterClose?: () => void;
}

export function Drawer({
  open,
  onClose,
  width = 560,
  label,
  children,
  modal = true,
  afterClose,
}: Props) {
  // On the body by us, for the reason given in `Modal`.
  return createPortal(
    <AntDrawer
      getContainer={false}
      rootStyle={{ position: "fixed" }}
      open={open}
      onClose={onClose}
      size={Math.min(width, typeof window === "undefined" ? width : window.innerWidth)}
      mask={modal ? { enabled: true, blur: false } : false}
      closable={false}
      title={null}
      aria-label={label}
      destroyOnHidden
      afterOpenChange={(shown) => {
        if (!shown) afterClose?.();
      }}
      styles={{ body: { padding: 0, display: "flex", flexDirection: "column" } }}
    >
      {children}
    </AntDrawer>,
    document.body,
  );
}
