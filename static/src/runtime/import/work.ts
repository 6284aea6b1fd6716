/** Long work on the server: its shape, and following it until it ends. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";

export interface Group {
  code: string;
  field: string | null;
  header: string | null;
  value: string | null;
  count: number;
  rows: number[];
  message: string;
  repair: { kind: "value"; candidates: string[] } | null;
}

export interface Work {
  id: string;
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  done: number;
  total: number | null;
  created: number;
  updated: number;
  skipped?: number;
  failed?: number;
  problems: Group[];
  error_file: string | null;
}

export function ended(work: Work | undefined): boolean {
  return !!work && ["done", "failed", "cancelled"].includes(work.state);
}

export function useWork(id: string | null) {
  return useQuery({
    queryKey: ["work", id],
    queryFn: ({ signal }) => api.get<Work>(`/api/work/${id}`, { signal }),
    enabled: id !== null,
    refetchInterval: (query) => (ended(query.state.data) ? false : 400),
    staleTime: 0,
  });
}

export function stopWork(id: string) {
  return api.post<Work>(`/api/work/${id}/cancel`);
}
