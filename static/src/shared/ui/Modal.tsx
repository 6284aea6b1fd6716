/** A dialog for what cannot be done in place. The footer's primary button is named by its verb. */
import { Modal as AntModal } from "antd";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";

import { Icon } from "../icons";
import { t } from "../texts";
import { Button } from "./Button";

interface Props {
  open: boolean;
  title: ReactNode;
  onClose: () => void;
  children: ReactNode;
  width?: number;
  /** The primary button; leave it out for dialogs that only inform. */
  action?: { label: string; run: () => void; busy?: boolean; disabled?: boolean; danger?: boolean };
  footer?: ReactNode;
  cancel?: string | null;
  /** Near the top, for a list that grows while one types: its first line stays where it is. */
  top?: boolean;
}

export function Modal({
  open,
  title,
  onClose,
  children,
  width = 480,
  action,
  footer,
  cancel,
  top = false,
}: Props) {
  // Placed on the body by us: the library's own way there locks scrolling with a style element that
  // the CSP refuses; nothing behind a dialog scrolls here anyway.
  return createPortal(
    <AntModal
      getContainer={false}
      open={open}
      title={title}
      onCancel={onClose}
      width={width}
      destroyOnHidden
      centered={!top}
      style={top ? { top: "12vh" } : undefined}
      // A dialog with buttons closes by them and by Esc; a cross beside them would be a third way.
      closable={
        footer === null ? { closeIcon: <Icon name="close" label={t("common.close")} /> } : false
      }
      footer={
        footer !== undefined ? (
          footer
        ) : (
          <div className="modal-footer">
            {cancel !== null && <Button onClick={onClose}>{cancel ?? t("common.cancel")}</Button>}
            {action && (
              <Button
                kind={action.danger ? "danger" : "primary"}
                busy={action.busy}
                disabled={action.disabled}
                onClick={action.run}
              >
                {action.label}
              </Button>
            )}
          </div>
        )
      }
    >
      {children}
    </AntModal>,
    document.body,
  );
}
