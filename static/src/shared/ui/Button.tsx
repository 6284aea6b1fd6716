/** Buttons: one primary per region, named by its verb. `IconButton` always has a name and a tooltip. */
import { Button as AntButton, type ButtonProps } from "antd";
import type { MouseEventHandler, ReactNode, Ref } from "react";

import { Icon } from "../icons";
import { Tooltip } from "./Tooltip";

export interface Props {
  children?: ReactNode;
  icon?: string;
  kind?: "primary" | "plain" | "text" | "link" | "danger" | "dashed";
  size?: "small" | "middle" | "large";
  busy?: boolean;
  disabled?: boolean;
  submit?: boolean;
  block?: boolean;
  href?: string;
  onClick?: MouseEventHandler<HTMLElement>;
  className?: string;
  title?: string;
  autoFocus?: boolean;
  id?: string;
  "aria-label"?: string;
  "aria-expanded"?: boolean;
  "aria-haspopup"?: "menu" | "dialog" | "listbox" | boolean;
  "aria-pressed"?: boolean;
  "data-testid"?: string;
  ref?: Ref<HTMLButtonElement & HTMLAnchorElement>;
}

const TYPES: Record<NonNullable<Props["kind"]>, ButtonProps["type"]> = {
  primary: "primary",
  plain: "default",
  text: "text",
  link: "link",
  danger: "default",
  dashed: "dashed",
};

export function Button({ icon, kind = "plain", busy, submit, children, ...rest }: Props) {
  return (
    <AntButton
      {...rest}
      type={TYPES[kind]}
      danger={kind === "danger"}
      loading={busy}
      htmlType={submit ? "submit" : "button"}
      icon={icon ? <Icon name={icon} /> : undefined}
    >
      {children}
    </AntButton>
  );
}

interface IconButtonProps extends Omit<Props, "children" | "aria-label"> {
  icon: string;
  label: string;
  iconSize?: number;
  /** A hint of the shortcut shown behind the label. */
  shortcut?: string;
  badge?: number;
  noTooltip?: boolean;
}

export function IconButton({
  icon,
  label,
  kind = "text",
  iconSize = 16,
  shortcut,
  badge,
  noTooltip,
  busy,
  submit,
  ...rest
}: IconButtonProps) {
  const button = (
    <AntButton
      {...rest}
      type={TYPES[kind]}
      danger={kind === "danger"}
      loading={busy}
      htmlType={submit ? "submit" : "button"}
      aria-label={badge ? `${label} (${badge})` : label}
      icon={
        <span className="icon-button-icon">
          <Icon name={icon} size={iconSize} />
          {badge ? <span className="badge" data-count={badge > 99 ? "99+" : badge} /> : null}
        </span>
      }
    />
  );
  if (noTooltip) return button;
  return <Tooltip title={shortcut ? `${label}  ${shortcut}` : label}>{button}</Tooltip>;
}
