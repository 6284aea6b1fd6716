/** Assignments as the server tells them, and the decisions on them. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { queryClient } from "@/shared/queries";
import type { Json, PersonRef, Value } from "@/shared/types";

import { keys, listSeparator, recordsChanged } from "../queries";

export type Box = "open" | "done" | "started" | "copied";

export interface Assignment {
  id: number;
  app: string;
  form: string;
  record: { id: number; label: string };
  flow: { key: string; label: string };
  node: { key: string; label: string; type: string };
  run: number;
  starter: PersonRef | null;
  state?: string;
  /** `handle`: it was sent back, and is changed and submitted again instead of decided. */
  kind?: "approve" | "handle" | "copy";
  decision?: string | null;
  decided_by?: PersonRef | null;
  opinion?: string | null;
  decided_at?: string | null;
  due: string | null;
  late: boolean;
  version: number;
  opened_at: string;
  summary: { label: string; value: string }[];
  /** Why, in the words of whoever started it. */
  reason?: string | null;
  /** What was filled in and kept without deciding. */
  saved?: { values?: Record<string, Value>; opinion?: string } | null;
  fields: Record<string, "edit" | "require" | "see" | "hide">;
  may: { return?: { to?: string[] } | null; transfer?: boolean; add_signer?: boolean };
}

export type Decision = "agree" | "refuse" | "return" | "transfer" | "add_signer";

export interface DecisionBody {
  opinion?: string;
  values?: Record<string, Json>;
  version?: number;
  to?: string | number | number[];
  place?: "before" | "after";
}

interface Page {
  assignments: Assignment[];
  next: string | null;
}

/** What the box "started" holds: runs, not assignments. */
interface Started {
  id: null;
  app: string;
  form: string;
  record: { id: number; label: string };
  flow: { key: string; label: string };
  run: number;
  state: string;
  outcome?: string | null;
  waiting_for: PersonRef[];
  opened_at: string;
  finished_at: string | null;
}

/** A started run in the shape of an assignment, so that one list and one pane show both. */
function fromRun(run: Started): Assignment {
  return {
    ...run,
    id: -run.run,
    node: {
      key: "",
      label: run.waiting_for.map((person) => person.name).join(listSeparator),
      type: "",
    },
    starter: null,
    state: "started",
    decision: run.outcome ?? null,
    decided_at: run.finished_at,
    due: null,
    late: false,
    version: 0,
    summary: [],
    fields: {},
    may: {},
  };
}

export function useBox(box: Box) {
  return useInfiniteQuery({
    queryKey: [...keys.assignments, "box", box],
    queryFn: async ({ pageParam, signal }): Promise<Page> => {
      const page = await api.get<{ assignments: (Assignment | Started)[]; next: string | null }>(
        "/api/assignments",
        {
          query: { box, after: pageParam },
          signal,
        },
      );
      return {
        assignments: page.assignments.map((one) => (one.id === null ? fromRun(one) : one)),
        next: page.next,
      };
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    refetchInterval: 60_000,
  });
}

/** One of one's own assignments, whichever box it is in. */
export function useAssignment(id: number | null) {
  return useQuery({
    queryKey: [...keys.assignments, "one", id],
    queryFn: ({ signal }) => api.get<Assignment>(`/api/assignments/${id}`, { signal }),
    enabled: id !== null && id > 0,
    retry: false,
  });
}

/** Late first, then what is due first, then the oldest. */
export function byUrgency(list: readonly Assignment[]): Assignment[] {
  const key = (one: Assignment) => `${one.late ? 0 : 1}${one.due ?? "9999"}${one.opened_at}`;
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

export function decide(one: Assignment, decision: Decision, body: DecisionBody) {
  return api.post(`/api/assignments/${one.id}/${decision}`, { version: one.version, ...body });
}

export function decideAll(decision: "agree" | "refuse", ids: number[], opinion: string) {
  return api.post<{ results: { id: number; ok: boolean; problems?: { message: string }[] }[] }>(
    "/api/assignments/batch",
    { decision, ids, ...(opinion ? { opinion } : {}) },
  );
}

export async function assignmentsChanged(one?: Assignment): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: keys.assignments }),
    queryClient.invalidateQueries({ queryKey: keys.notifications }),
    queryClient.invalidateQueries({ queryKey: ["run"] }),
    one ? recordsChanged(one.app, one.form, one.record.id) : undefined,
  ]);
}

/** The colour and the word of a decision; both names that the server uses for one. */
export const DECIDED: Record<
  string,
  [
    string,
    (
      | "inbox.decidedAgree"
      | "inbox.decidedRefuse"
      | "inbox.decidedReturn"
      | "inbox.decidedTransfer"
      | "inbox.decidedResubmit"
    ),
  ]
> = {
  agree: ["green", "inbox.decidedAgree"],
  agreed: ["green", "inbox.decidedAgree"],
  refuse: ["red", "inbox.decidedRefuse"],
  refused: ["red", "inbox.decidedRefuse"],
  return: ["amber", "inbox.decidedReturn"],
  returned: ["amber", "inbox.decidedReturn"],
  transfer: ["grey", "inbox.decidedTransfer"],
  transferred: ["grey", "inbox.decidedTransfer"],
  resubmit: ["blue", "inbox.decidedResubmit"],
};
