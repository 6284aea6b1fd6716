/** The steps of a flow run: passed, current, to come; with the opinions given. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { moment } from "@/shared/format";
import { Icon } from "@/shared/icons";
import type { PersonRef } from "@/shared/types";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/flow";

import { listSeparator } from "../queries";

interface Run {
  id: number;
  nodes: {
    key: string;
    label: string;
    type: string;
    state: "passed" | "current" | "coming" | "blocked";
    people?: (PersonRef & { state?: string; decision?: string | null; opinion?: string | null })[];
    at?: string | null;
  }[];
  log: {
    seq: number;
    at: string;
    node?: { key: string; label: string } | null;
    event: string;
    person?: PersonRef | null;
    opinion?: string | null;
    message?: string | null;
  }[];
}

const MARKS = {
  passed: "success",
  current: "clock",
  coming: "choice",
  blocked: "warning",
} as const;
const SILENT = new Set(["exclusive"]);
/** Of what may come, only the steps of people are told: the rest happens by itself. */
const BY_PEOPLE = new Set(["start", "approve", "wait"]);

export function RunProgress({ run }: { run: number }) {
  const query = useQuery({
    queryKey: ["run", run],
    queryFn: ({ signal }) => api.get<Run>(`/api/runs/${run}`, { signal }),
  });
  if (query.isPending) return <Skeleton lines={5} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  const { nodes, log } = query.data;
  return (
    <ol className="run" aria-label={t("flow.steps")}>
      {nodes
        .filter(
          (node) => !SILENT.has(node.type) && (node.state !== "coming" || BY_PEOPLE.has(node.type)),
        )
        .map((node) => {
          const said = log.filter(
            (entry) => entry.node?.key === node.key && (entry.message || entry.opinion),
          );
          return (
            <li key={node.key} className={`is-${node.state}`}>
              <Icon name={MARKS[node.state] ?? "choice"} label={t(`flow.${node.state}`)} />
              <div className="grow">
                <p className="row">
                  <b className="grow">{node.label}</b>
                  {node.at && <span className="meta">{moment(node.at)}</span>}
                </p>
                {said.length === 0 && !!node.people?.length && (
                  <p className="muted">
                    {node.people.map((person) => person.name).join(listSeparator)}
                  </p>
                )}
                {said.map((entry) => (
                  <div key={entry.seq}>
                    {entry.message && <p className="muted">{entry.message}</p>}
                    {entry.opinion && <p className="run-said">{entry.opinion}</p>}
                  </div>
                ))}
              </div>
            </li>
          );
        })}
    </ol>
  );
}
