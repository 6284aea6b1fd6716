/** On narrow screens the property panel comes up from below, over the lower half of the canvas. */
import { useEffect, useState, type ReactNode } from "react";

import { IconButton } from "@/shared/ui/Button";

import { t } from "../texts";
import "./sheet.css";

export function useNarrow(width: number): boolean {
  const query = `(max-width: ${width - 1}px)`;
  const [narrow, setNarrow] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const change = () => setNarrow(list.matches);
    list.addEventListener("change", change);
    return () => list.removeEventListener("change", change);
  }, [query]);
  return narrow;
}

export function Sheet({
  open,
  title,
  onClose,
  children,
}: {
  open: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  if (!open) return null;
  return (
    <aside className="bottom-sheet" aria-label={title}>
      <div className="bottom-sheet-head">
        <b className="grow">{title}</b>
        <IconButton icon="close" label={t("common.close")} onClick={onClose} />
      </div>
      <div className="bottom-sheet-body">{children}</div>
    </aside>
  );
}
