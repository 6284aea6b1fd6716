/** Where a file is dropped, or chosen by a button. */
import { type ReactNode, useRef, useState } from "react";

import { Icon } from "@/shared/icons";
import { Button } from "@/shared/ui/Button";
import { t } from "@/shared/texts/import";

interface Props {
  /** Ends of the names of files that may be chosen, such as `.csv`. */
  accept: readonly string[];
  busy: boolean;
  problem: string | null;
  onFile: (file: File) => void;
  onProblem: (problem: string) => void;
  /** Further buttons. */
  children?: ReactNode;
}

export const TABLES = [".xlsx", ".csv", ".tsv", ".txt"] as const;

export function DropZone({ accept, busy, problem, onFile, onProblem, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = (file: File | undefined) => {
    if (!file || busy) return;
    const name = file.name.toLowerCase();
    if (accept.some((end) => name.endsWith(end))) onFile(file);
    else onProblem(t("wizard.noTable"));
  };
  return (
    <div
      className={`drop${over ? " is-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <span className="empty-icon">
        <Icon name="upload" size={24} />
      </span>
      <p className="empty-title">{busy ? t("wizard.reading") : t("wizard.drop")}</p>
      <p className="muted">{t("wizard.dropText")}</p>
      <input
        ref={input}
        type="file"
        accept={accept.join(",")}
        hidden
        onChange={(event) => {
          take(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="empty-actions">
        <Button kind="primary" icon="upload" busy={busy} onClick={() => input.current?.click()}>
          {t("wizard.choose")}
        </Button>
        {children}
      </div>
      {problem && (
        <p className="danger-text" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
