/** What publishing does to the tables, a note for those who come later, and the button. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { Icon } from "@/shared/icons";
import { Button } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/Checkbox";
import { Input } from "@/shared/ui/Input";
import { Tag } from "@/shared/ui/Tag";

import type { Operation } from "../api";
import { useSession, useSessionState } from "../session";
import { ProblemList, useAllProblems } from "../shell/ProblemList";
import { usePublishing } from "../shell/usePublishing";
import { t } from "../texts";

export function PublishPanel({
  operations,
  summary,
  nothing,
}: {
  operations: readonly Operation[];
  summary: string;
  nothing: boolean;
}) {
  const session = useSession();
  const { info, checking } = useSessionState();
  const problems = useAllProblems();
  const client = useQueryClient();
  const { accepted, setAccepted, busy, failure, done, publish } = usePublishing();
  const [note, setNote] = useState("");
  const errors = problems.filter((problem) => problem.severity !== "warning");
  const losses = operations.filter((operation) => operation.loses_data);
  const run = async () => {
    if (!(await publish(note.trim()))) return;
    setNote("");
    await client.invalidateQueries({ queryKey: ["releases"] });
  };
  if (done !== null && nothing)
    return (
      <section className="panel row" role="status">
        <Icon name="success" size={20} style={{ color: "var(--success)" }} />
        <b className="grow">{t("d.published", { n: done })}</b>
        <Button kind="primary" href={`/apps/${session.app}`}>
          {t("d.openApp")}
        </Button>
      </section>
    );
  if (nothing && info.release !== null && errors.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t("role.tableChanges")}</h2>
      {summary && <p>{summary}</p>}
      <ul className="operation-list">
        {operations.map((operation, index) => (
          <li key={index} className={operation.loses_data ? "is-loss" : undefined}>
            <Icon name={operation.loses_data ? "warning" : "table"} />
            <span>{operation.message}</span>
            {operation.rows != null && (
              <span className="meta">{t("d.rows", { n: operation.rows })}</span>
            )}
            {operation.loses_data && <Tag color="red">{t("role.loses")}</Tag>}
          </li>
        ))}
      </ul>
      {errors.length > 0 && <ProblemList onClose={() => undefined} />}
      {losses.length > 0 && (
        <Checkbox checked={accepted} onChange={setAccepted}>
          {t("d.acceptLoss")}
        </Checkbox>
      )}
      <div className="row publish-row">
        <Input
          className="grow"
          value={note}
          onChange={setNote}
          maxLength={200}
          placeholder={t("role.note")}
          aria-label={t("role.note")}
        />
        <Button
          kind="primary"
          busy={busy}
          disabled={checking || errors.length > 0 || (losses.length > 0 && !accepted)}
          onClick={() => void run()}
        >
          {t("role.publishHere")}
        </Button>
      </div>
      {failure && (
        <p className="danger-text" role="alert">
          {failure}
        </p>
      )}
    </section>
  );
}
