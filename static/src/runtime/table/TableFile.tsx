/** Choosing the spreadsheet that an application is made from. */
import "../import/import.css";

import { useState } from "react";

import { ApiError } from "@/shared/api";
import { useLocation } from "@/shared/router";
import { failed } from "@/shared/ui/toast";

import { DropZone, TABLES } from "../import/DropZone";
import { proposeFor } from "./proposal";

export function TableFile() {
  const [, navigate] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File) => {
    setBusy(true);
    setProblem(null);
    try {
      const found = await proposeFor(file);
      navigate(`/new?file=${found.file}`);
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
    />
  );
}
