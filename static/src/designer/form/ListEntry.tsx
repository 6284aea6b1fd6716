/** One member of a list on the form's other sides: its words in one line, opened to be changed. */
import { useId, useState, type ReactNode } from "react";

import { Icon } from "@/shared/icons";
import { IconButton } from "@/shared/ui/Button";

import { t } from "../texts";

interface Props {
  icon?: string;
  title: string;
  /** What it says, for the closed line. */
  text?: string;
  /** Open from the start: it is new, alone, or something in it is wrong. */
  open?: boolean;
  wrong?: boolean;
  onUp?: () => void;
  isFirst?: boolean;
  onRemove: () => void;
  children: ReactNode;
}

export function ListEntry({
  icon,
  title,
  text,
  open: initially = false,
  wrong = false,
  onUp,
  isFirst = false,
  onRemove,
  children,
}: Props) {
  const id = useId();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const open = chosen ?? (initially || wrong);
  return (
    <div className={`list-entry${open ? " is-open" : ""}`}>
      <div className="list-entry-head">
        <button
          type="button"
          className="plain list-entry-toggle"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setChosen(!open)}
        >
          <Icon name={open ? "chevron-down" : "chevron-right"} />
          {icon && <Icon name={icon} />}
          <b className="ellipsis">{title}</b>
          {wrong && <Icon name="error" className="is-error" />}
          {text && !open && <span className="muted ellipsis">{text}</span>}
        </button>
        {onUp && (
          <IconButton
            icon="arrow-up"
            size="small"
            label={`${t("d.moveUp")}: ${title}`}
            disabled={isFirst}
            onClick={onUp}
          />
        )}
        <IconButton
          icon="trash"
          size="small"
          label={`${t("common.remove")}: ${title}`}
          onClick={onRemove}
        />
      </div>
      {open && (
        <div id={id} className="list-entry-body">
          {children}
        </div>
      )}
    </div>
  );
}
