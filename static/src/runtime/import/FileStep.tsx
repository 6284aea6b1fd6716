/** The drop zone. */
import { useState } from "react";

import { ApiError, api } from "@/shared/api";
import { Button } from "@/shared/ui/Button";
import { failed } from "@/shared/ui/toast";
import { t } from "@/shared/texts/import";

import { DropZone, TABLES } from "./DropZone";
import type { Inspected, Target } from "./target";

export function FileStep({
  target,
  onRead,
}: {
  target: Target;
  onRead: (found: Inspected) => void;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File) => {
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
    <DropZone
      accept={TABLES}
      busy={busy}
      problem={problem}
      onFile={(file) => void read(file)}
      onProblem={setProblem}
    >
      <Button kind="text" icon="download" onClick={() => template(target)}>
        {t("wizard.template")}
      </Button>
    </DropZone>
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
