/** What stands where nothing is yet: a sentence and the way on. */
import type { ReactNode } from "react";

import { Icon } from "../icons";
import { t } from "../texts";

interface Props {
  icon?: string;
  title?: string;
  text?: ReactNode;
  actions?: ReactNode;
  small?: boolean;
}

export function Empty({ icon = "box", title, text, actions, small }: Props) {
  return (
    <div className={small ? "empty is-small" : "empty"}>
      {!small && (
        <span className="empty-icon">
          <Icon name={icon} size={24} />
        </span>
      )}
      <p className={small ? "muted" : "empty-title"}>{title ?? t("common.noMatch")}</p>
      {text ? <p className="muted empty-text">{text}</p> : null}
      {actions ? <div className="empty-actions">{actions}</div> : null}
    </div>
  );
}
