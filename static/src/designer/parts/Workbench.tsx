/** Fields on the left, the work in the middle, its options on the right; on a phone both sides come up from below. */
import { useState, type ReactNode } from "react";

import { Button } from "@/shared/ui/Button";

import { t } from "../texts";
import { Sheet, useNarrow } from "./Sheet";

export type Side = "left" | "right";

interface Props {
  left: ReactNode;
  leftLabel: string;
  /** What the button says that shows the left side on a phone. */
  leftAction: string;
  right: ReactNode;
  /** Which side is shown where there is no room for both. */
  shown: Side | null;
  onShow: (side: Side | null) => void;
  children: ReactNode;
}

export function useSides(): [Side | null, (side: Side | null) => void] {
  return useState<Side | null>(null);
}

export function Workbench({ left, leftLabel, leftAction, right, shown, onShow, children }: Props) {
  const narrow = useNarrow(1100);
  const small = useNarrow(768);
  const sheet = (side: Side, title: string, content: ReactNode) => (
    <Sheet open={shown === side} title={title} onClose={() => onShow(null)}>
      {content}
    </Sheet>
  );
  return (
    <div className={`screen workbench${narrow ? " is-narrow" : ""}`}>
      {small ? (
        sheet("left", leftLabel, left)
      ) : (
        <aside className="workbench-left" aria-label={leftLabel}>
          {left}
        </aside>
      )}
      {children}
      {narrow && (
        <div className="workbench-tools">
          {small && (
            <Button icon="add" onClick={() => onShow("left")}>
              {leftAction}
            </Button>
          )}
          <Button icon="settings" onClick={() => onShow("right")}>
            {t("d.properties")}
          </Button>
        </div>
      )}
      {narrow ? (
        sheet("right", t("d.properties"), right)
      ) : (
        <aside className="workbench-right" aria-label={t("d.properties")}>
          {right}
        </aside>
      )}
    </div>
  );
}
