/** What the server makes of a spreadsheet, and what of it somebody wants. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { queryClient } from "@/shared/queries";
import type { ChoiceOption, Problem } from "@/shared/types";

export interface Fit {
  type: string;
  options: { options?: ChoiceOption[]; unit?: string } & Record<string, unknown>;
  /** Cells of those looked at that a field of this type would refuse. */
  misfits: number;
  examples: string[];
  /** Cells that would be left empty: signs for nothing. */
  blank: string[];
}

export interface ProposedColumn {
  header: string;
  label: string;
  key: string;
  type: string;
  types: Fit[];
  samples: string[];
  filled: number;
}

export interface Proposal {
  file: string;
  name: string;
  sheets: string[];
  sheet: string;
  total: number;
  label: string;
  form: { label: string; key: string };
  columns: ProposedColumn[];
  field_types: { key: string; label: string; icon: string }[];
  problems: Problem[];
}

export interface Column {
  wanted: boolean;
  label: string;
  type: string;
}

export interface Choices {
  label: string;
  form: string;
  /** In the order of the proposal's columns. */
  columns: Column[];
}

export interface Begun {
  key: string;
  form: string;
  work: string;
}

const PROPOSE = "/api/builder/applications/propose";

const key = (file: string, sheet: string) => ["proposal", file, sheet];

/** Sends a file; its proposal is then at hand for the page that shows it. */
export async function proposeFor(file: File): Promise<Proposal> {
  const body = new FormData();
  body.append("file", file);
  const found = await api.post<Proposal>(PROPOSE, body);
  queryClient.setQueryData(key(found.file, ""), found);
  return found;
}

export function useProposal(file: string | null, sheet: string) {
  return useQuery({
    queryKey: key(file ?? "", sheet),
    queryFn: ({ signal }) => api.post<Proposal>(PROPOSE, { file, sheet }, { signal }),
    enabled: file !== null,
    staleTime: Infinity,
    retry: false,
  });
}

export function choicesOf(found: Proposal): Choices {
  return {
    label: found.label,
    form: found.form.label,
    columns: found.columns.map(({ label, type }) => ({ wanted: true, label, type })),
  };
}

export const fitOf = (column: ProposedColumn, type: string): Fit | undefined =>
  column.types.find((fit) => fit.type === type);

/** The request for the application. A renamed field gets its key from its new name. */
export function requestBody(found: Proposal, choices: Choices) {
  return {
    label: choices.label.trim(),
    table: {
      file: found.file,
      sheet: found.sheet,
      form: {
        label: choices.form.trim(),
        ...(choices.form.trim() === found.form.label ? { key: found.form.key } : {}),
      },
      columns: found.columns.flatMap((column, index) => {
        const chosen = choices.columns[index];
        if (!chosen?.wanted) return [];
        const fit = fitOf(column, chosen.type);
        return [
          {
            header: column.header,
            label: chosen.label.trim(),
            ...(chosen.label.trim() === column.label ? { key: column.key } : {}),
            type: chosen.type,
            options: fit?.options ?? {},
            blank: fit?.blank ?? [],
          },
        ];
      }),
    },
  };
}
