/** Somebody leaves: what he still holds, and who takes over what he was asked to do. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError, api } from "@/shared/api";
import { Link } from "@/shared/router";
import type { PersonRef } from "@/shared/types";
import { Field } from "@/shared/ui/Field";
import { Modal } from "@/shared/ui/Modal";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { failed, toast, undoable } from "@/shared/ui/toast";
import { t } from "@/shared/texts/people";
import { findPeople } from "@/widgets/person";
import { type Found, RemoteSelect } from "@/widgets/pickers/RemoteSelect";

import { listSeparator, useApps } from "../queries";
import { type Department, type Member, peopleChanged } from "./data";

interface Holdings {
  assignments: number;
  records: { app: string; application: string; form: string; label: string; count: number }[];
  reports: PersonRef[];
  heads: Pick<Department, "id" | "name">[];
}

interface Props {
  person: Member;
  onClose: () => void;
  onUndo: () => void;
}

export function LeaveDialog({ person, onClose, onUndo }: Props) {
  const left = person.active === false;
  const [to, setTo] = useState<Found | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const query = useQuery({
    queryKey: ["people", "holdings", person.id],
    queryFn: ({ signal }) => api.get<Holdings>(`/api/people/${person.id}/hand_over`, { signal }),
    gcTime: 0,
  });
  const held = query.data;
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await api.patch<{ hand_over: Holdings & { handed_over: number } }>(
        `/api/people/${person.id}`,
        { active: false, ...(to ? { hand_over: to.id } : {}) },
      );
      await peopleChanged();
      onClose();
      tell(person.name, to, answer.hand_over, left ? null : onUndo);
    } catch (error) {
      if (error instanceof ApiError && error.problems[0]) setProblem(error.problems[0].message);
      else failed(error);
    }
    setBusy(false);
  };
  const title = left ? t("people.handOver") : t("people.deactivate");
  return (
    <Modal
      open
      title={`${title} · ${person.name}`}
      onClose={onClose}
      action={{
        label: to && !left ? t("people.deactivateAndHandOver") : title,
        danger: !left,
        busy,
        disabled: !held || (left && !to),
        run: () => void run(),
      }}
    >
      <div className="stack">
        {!left && <p>{t("people.deactivateText", { name: person.name })}</p>}
        {query.isPending ? (
          <Skeleton lines={2} />
        ) : query.isError ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <>
            {held && <Held person={person} held={held} />}
            {held && held.assignments > 0 && (
              <Field
                label={t("people.handOverTo")}
                help={left ? undefined : t("people.handOverHelp")}
                problem={problem ?? undefined}
              >
                {({ id, invalid, describedBy }) => (
                  <RemoteSelect
                    id={id}
                    name={["people"]}
                    label={t("people.handOverTo")}
                    value={to}
                    clearable
                    invalid={invalid}
                    describedBy={describedBy}
                    placeholder={t("common.select")}
                    find={async (search, signal) =>
                      (await findPeople(search, signal)).filter((one) => one.id !== person.id)
                    }
                    onChange={setTo}
                  />
                )}
              </Field>
            )}
          </>
        )}
        {problem && !held?.assignments && <p className="field-problem">{problem}</p>}
      </div>
    </Modal>
  );
}

/** What stays behind, in sentences; records lead to their list for those who may enter it. */
function Held({ person, held }: { person: Member; held: Holdings }) {
  const apps = useApps();
  const name = person.name;
  const mine = new Set(
    (apps.data ?? []).filter((one) => one.rights?.enter !== false).map((one) => one.key),
  );
  const filter = encodeURIComponent(`owner = "${person.username.replaceAll('"', '""')}"`);
  const none =
    !held.assignments && !held.records.length && !held.reports.length && !held.heads.length;
  if (none) return <p className="muted">{t("people.holdsNothing", { name })}</p>;
  return (
    <ul className="people-held">
      {held.assignments > 0 && (
        <li>
          <b>{t("people.holdsAssignments", { n: held.assignments })}</b>
        </li>
      )}
      {held.records.map((one) => {
        const words = t("people.holdsRecords", {
          n: one.count,
          form: one.label,
          app: one.application,
        });
        return (
          <li key={`${one.app}/${one.form}`}>
            {mine.has(one.app) ? (
              <Link href={`/apps/${one.app}/${one.form}?filter=${filter}`}>{words}</Link>
            ) : (
              words
            )}
          </li>
        );
      })}
      {held.reports.length > 0 && (
        <li>
          {t("people.holdsReports", {
            names: held.reports.map((one) => one.name).join(listSeparator),
          })}
        </li>
      )}
      {held.heads.length > 0 && (
        <li>
          {t("people.holdsDepartments", {
            names: held.heads.map((one) => one.name).join(listSeparator),
          })}
        </li>
      )}
    </ul>
  );
}

function tell(
  name: string,
  to: Found | null,
  answer: Holdings & { handed_over: number },
  undo: (() => void) | null,
): void {
  const handed = to ? t("people.handedOver", { n: answer.handed_over, name: to.label }) : "";
  if (to && answer.assignments > 0)
    toast(`${handed} ${t("people.notHandedOver", { n: answer.assignments })}`, {
      kind: "error",
      seconds: 8,
    });
  else if (undo && !to) undoable(t("people.deactivated", { name }), undo);
  else
    toast(undo ? `${t("people.deactivated", { name })}${t("people.and")}${handed}` : handed, {
      kind: "success",
    });
}
