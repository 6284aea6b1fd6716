/** Publishing in two actions: the sentence that says what will happen, then the button. */
import { useEffect, useState } from "react";

import { Icon } from "@/shared/icons";
import { Link } from "@/shared/router";
import { Button } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/Checkbox";

import { useSession, useSessionState } from "../session";
import { t } from "../texts";
import { ProblemList, useAllProblems } from "./ProblemList";
import { usePublishing } from "./usePublishing";
import "./publish.css";

export function PublishSheet({ onClose }: { onClose: () => void }) {
  const session = useSession();
  const { info, check } = useSessionState();
  const problems = useAllProblems();
  const [ready, setReady] = useState(false);
  const { accepted, setAccepted, busy, failure, setFailure, done, publish } = usePublishing();

  useEffect(() => {
    let shown = true;
    void session.saver
      .flush()
      .then((saved) => {
        if (!saved && shown) setFailure(t("d.unsaved"));
        return session.check();
      })
      .then(() => shown && setReady(true));
    return () => {
      shown = false;
    };
  }, [session, setFailure]);

  if (done !== null)
    return (
      <div className="sheet" role="dialog" aria-label={t("d.readyTitle")}>
        <div className="sheet-line" role="status">
          <Icon name="success" size={20} style={{ color: "var(--success)" }} />
          <b>{t("d.published", { n: done })}</b>
        </div>
        <div className="sheet-actions">
          <Button onClick={onClose}>{t("common.close")}</Button>
          <Button kind="primary" href={`/apps/${session.app}`} autoFocus>
            {t("d.openApp")}
          </Button>
        </div>
      </div>
    );
  if (!ready || !check) return <p className="sheet muted">{t("d.checking")}</p>;
  const errors = problems.filter((problem) => problem.severity !== "warning");
  if (errors.length) return <ProblemList onClose={onClose} />;
  const losses = check.operations.filter((operation) => operation.loses_data);
  const nothing = info.release !== null && check.changes.length === 0;
  return (
    <div className="sheet" role="dialog" aria-label={t("d.readyTitle")}>
      {nothing ? (
        <>
          <h3>{t("d.nothingToPublish")}</h3>
          <p className="muted">{t("d.nothingText", { n: info.release ?? 0 })}</p>
        </>
      ) : (
        <>
          <p className="sheet-summary">
            {check.summary || t("d.changesIn", { n: check.changes.length })}
          </p>
          {losses.length > 0 && (
            <div className="loss">
              <b>{t("d.losesData")}</b>
              <ul>
                {losses.map((operation, index) => (
                  <li key={index}>
                    {operation.message}
                    {operation.rows != null && <span> · {t("d.rows", { n: operation.rows })}</span>}
                  </li>
                ))}
              </ul>
              <Checkbox checked={accepted} onChange={setAccepted}>
                {t("d.acceptLoss")}
              </Checkbox>
            </div>
          )}
        </>
      )}
      {failure && (
        <p className="danger-text" role="alert">
          {failure}
        </p>
      )}
      <div className="sheet-actions">
        <Link href={`/design/${session.app}/release`} onClick={onClose} className="grow">
          {t("d.details")}
        </Link>
        {!nothing && (
          <Button
            kind="primary"
            busy={busy}
            disabled={losses.length > 0 && !accepted}
            onClick={() => void publish("")}
            autoFocus
          >
            {t("d.publish")}
          </Button>
        )}
      </div>
    </div>
  );
}
