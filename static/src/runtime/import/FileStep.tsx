/** The drop zone. */
import { useRef, useState } from "react";

import { ApiError, api } from "@/shared/api";
import { Icon } from "@/shared/icons";
import { Button } from "@/shared/ui/Button";
import { failed } from "@/shared/ui/toast";
import { t } from "@/shared/texts/import";

import type { Inspected, Target } from "./target";

export function FileStep({
  target,
  onRead,
}: {
  target: Target;
  onRead: (found: Inspected) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File | undefined) => {
    if (!file || busy) return;
    if (!/\.(xlsx|csv|tsv|txt)$/i.test(file.name)) {
      setProblem(t("wizard.noTable"));
      return;
    }
    setBusy(true);
    setProblem(null);
    const body = new FormData();
    body.append("file", file);
    try {
      onRead(await api.post<Inspected>(`${target.path}/inspect`, body));
    } catch (error) {
      if (error instanceof ApiError && error.problems[0]) setProblem(error.problems[0].message);
      else failed(error);
      setBusy(false);
    }
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
        void read(event.dataTransfer.files[0]);
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
        accept=".xlsx,.csv,.tsv,.txt"
        hidden
        onChange={(event) => {
          void read(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      <div className="empty-actions">
        <Button kind="primary" icon="upload" busy={busy} onClick={() => input.current?.click()}>
          {t("wizard.choose")}
        </Button>
        <Button kind="text" icon="download" onClick={() => template(target)}>
          {t("wizard.template")}
        </Button>
      </div>
      {problem && (
        <p className="danger-text" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** A CSV with the fields' names as its first row. */
function template(target: Target): void {
  const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const text = `\uFEFF${target.fields.map((field) => cell(field.label)).join(",")}\r\n`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${target.title}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
