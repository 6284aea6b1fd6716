/** Importing a file: choose it, match its columns, check and repair, import. */
import "./import.css";

import { useEffect, useRef, useState } from "react";

import { api } from "@/shared/api";
import { number } from "@/shared/format";
import { Icon } from "@/shared/icons";
import { useLocation, useParameter } from "@/shared/router";
import { Button, IconButton } from "@/shared/ui/Button";
import { Failure } from "@/shared/ui/Problems";
import { attempt, failed } from "@/shared/ui/toast";
import { t } from "@/shared/texts/import";

import { listSeparator } from "../queries";
import { FileStep } from "./FileStep";
import { MapStep } from "./MapStep";
import { Progress } from "./Progress";
import { Repairs } from "./Repairs";
import { type Choices, initialChoices, type Inspected, requestBody, type Target } from "./target";
import { ended, stopWork, useWork, type Work } from "./work";

type Step = "file" | "map" | "check" | "result";

const STEPS: Step[] = ["file", "map", "check", "result"];

export function Wizard({ target }: { target: Target }) {
  const [, navigate] = useLocation();
  const [running, setRunning] = useParameter("work");
  const [step, setStep] = useState<Step>(running ? "result" : "file");
  const [inspected, setInspected] = useState<Inspected | null>(null);
  const [choices, setChoices] = useState<Choices | null>(null);
  const [checkId, setCheckId] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const check = useWork(checkId);
  const work = useWork(running);
  const main = useRef<HTMLDivElement>(null);

  useEffect(() => main.current?.focus(), [step]);
  const finished = ended(work.data);
  const told = useRef(target.done);
  useEffect(() => {
    told.current = target.done;
  });
  useEffect(() => {
    if (finished) told.current();
  }, [finished]);

  const send = async (dryRun: boolean, with_: Choices): Promise<string | null> => {
    if (!inspected) return null;
    setBusy(true);
    try {
      const answer = await api.post<{ work: string }>(
        target.path,
        requestBody(inspected.file, with_, target, dryRun),
      );
      return answer.work;
    } catch (error) {
      failed(error);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const readSheet = (sheet: string) =>
    attempt(async () => {
      const found = await api.post<Inspected>(`${target.path}/inspect`, {
        file: inspected?.file,
        sheet,
      });
      setInspected(found);
      setChoices(initialChoices(found, target));
    });
  const runCheck = async (with_: Choices) => {
    const id = await send(true, with_);
    if (id) {
      setCheckId(id);
      setStale(false);
      setStep("check");
    }
  };
  const runImport = async () => {
    if (!choices) return;
    const id = await send(false, choices);
    if (id) {
      setRunning(id);
      setStep("result");
    }
  };
  const restart = () => {
    setRunning(null);
    setInspected(null);
    setChoices(null);
    setCheckId(null);
    setStep("file");
  };

  const missing =
    choices && choices.mode !== "update"
      ? target.fields.filter(
          (field) => field.required && !Object.values(choices.columns).includes(field.key),
        )
      : [];
  return (
    <div className="page import">
      <header className="page-head">
        <IconButton
          icon="arrow-left"
          label={t("common.back")}
          onClick={() => navigate(target.back)}
        />
        <h1 className="grow">{target.title}</h1>
      </header>
      <ol className="import-steps" aria-label={t("wizard.steps")}>
        {STEPS.map((one, index) => {
          const at = STEPS.indexOf(step);
          return (
            <li
              key={one}
              className={index < at ? "is-done" : index === at ? "is-current" : ""}
              aria-current={index === at ? "step" : undefined}
            >
              <span className="import-number">
                {index < at ? <Icon name="check" size={14} /> : index + 1}
              </span>
              {t(
                one === "file"
                  ? "wizard.stepFile"
                  : one === "map"
                    ? "wizard.stepMap"
                    : one === "check"
                      ? "wizard.stepCheck"
                      : "wizard.stepResult",
              )}
            </li>
          );
        })}
      </ol>
      <div className="panel import-panel" ref={main} tabIndex={-1}>
        {step === "file" && (
          <FileStep
            target={target}
            onRead={(found) => {
              setInspected(found);
              setChoices(initialChoices(found, target));
              setStep("map");
            }}
          />
        )}
        {step === "map" && inspected && choices && (
          <>
            <MapStep
              target={target}
              inspected={inspected}
              choices={choices}
              onChange={setChoices}
              onSheet={(sheet) => void readSheet(sheet)}
            />
            <footer className="import-foot">
              <span className="grow danger-text" role="status">
                {missing.length > 0 &&
                  t("wizard.missing", {
                    fields: missing.map((field) => field.label).join(listSeparator),
                  })}
              </span>
              <Button onClick={restart}>{t("common.previous")}</Button>
              <Button
                kind="primary"
                busy={busy}
                disabled={
                  Object.keys(choices.columns).length === 0 ||
                  (choices.mode !== "create" && !target.people && !choices.key)
                }
                onClick={() => void runCheck(choices)}
              >
                {t("wizard.check")}
              </Button>
            </footer>
          </>
        )}
        {step === "check" && choices && (
          <CheckStep
            target={target}
            work={check.data}
            error={check.error}
            choices={choices}
            busy={busy}
            stale={stale}
            onRepair={(next) => {
              setChoices(next);
              setStale(true);
            }}
            onCheck={() => void runCheck(choices)}
            onBack={() => setStep("map")}
            onStop={() =>
              checkId && void attempt(() => stopWork(checkId)).then(() => setStep("map"))
            }
            onStart={() => void runImport()}
          />
        )}
        {step === "result" && (
          <ResultStep
            target={target}
            work={work.data}
            error={work.error}
            onStop={() =>
              running && void attempt(() => stopWork(running)).then(() => work.refetch())
            }
            onView={() => navigate(target.back)}
            onAgain={restart}
          />
        )}
      </div>
    </div>
  );
}

interface CheckProps {
  target: Target;
  work: Work | undefined;
  error: Error | null;
  choices: Choices;
  busy: boolean;
  stale: boolean;
  onRepair: (choices: Choices) => void;
  onCheck: () => void;
  onBack: () => void;
  onStop: () => void;
  onStart: () => void;
}

function CheckStep({ target, work, error, choices, busy, stale, ...on }: CheckProps) {
  if (error) return <Failure error={error} onRetry={on.onCheck} />;
  if (!ended(work) || !work) {
    return (
      <>
        <Progress work={work} label={t("wizard.checking")} />
        <footer className="import-foot">
          <span className="grow" />
          <Button onClick={on.onStop}>{t("common.cancel")}</Button>
        </footer>
      </>
    );
  }
  const fine = work.created + work.updated;
  const groups = work.problems.length;
  return (
    <>
      <div className="import-summary" role="status">
        <Icon name={groups ? "warning" : "success"} size={20} />
        <div>
          <h2>
            {groups
              ? t("wizard.readyProblems", { n: number(fine), p: number(groups) })
              : t("wizard.ready", { n: number(fine) })}
          </h2>
          {groups > 0 && <p className="muted">{t("wizard.readyText")}</p>}
        </div>
      </div>
      <Repairs target={target} groups={work.problems} choices={choices} onChange={on.onRepair} />
      <footer className="import-foot">
        <span className="grow" />
        <Button onClick={on.onBack}>{t("common.previous")}</Button>
        {stale && (
          <Button onClick={on.onCheck} busy={busy}>
            {t("wizard.recheck")}
          </Button>
        )}
        <Button kind="primary" busy={busy} disabled={fine === 0 && !stale} onClick={on.onStart}>
          {t("wizard.start")}
        </Button>
      </footer>
    </>
  );
}

interface ResultProps {
  target: Target;
  work: Work | undefined;
  error: Error | null;
  onStop: () => void;
  onView: () => void;
  onAgain: () => void;
}

function ResultStep({ target, work, error, onStop, onView, onAgain }: ResultProps) {
  if (error) return <Failure error={error} onRetry={onAgain} />;
  if (!work || !ended(work)) {
    return (
      <>
        <Progress work={work} label={t("wizard.importing")} />
        <p className="meta">{t("wizard.leaveText")}</p>
        <footer className="import-foot">
          <span className="grow" />
          <Button onClick={onStop}>{t("wizard.stop")}</Button>
        </footer>
      </>
    );
  }
  const fine = work.created + work.updated;
  const lost = work.failed ?? work.problems.reduce((sum, group) => sum + group.count, 0);
  const parts = [
    work.created ? t("wizard.created", { n: number(work.created) }) : "",
    work.updated ? t("wizard.updated", { n: number(work.updated) }) : "",
    work.skipped ? t("wizard.skipped", { n: number(work.skipped) }) : "",
  ].filter(Boolean);
  return (
    <>
      <div className="import-summary" role="status">
        <Icon name={work.state === "done" ? "success" : "warning"} size={20} />
        <div>
          <h2>
            {work.state === "cancelled"
              ? t("wizard.cancelled", { n: number(fine) })
              : work.state === "failed"
                ? t("wizard.failed")
                : t("wizard.imported", { n: number(fine) })}
          </h2>
          {parts.length > 0 && <p className="muted">{parts.join(" · ")}</p>}
          {lost > 0 && (
            <p className="danger-text">{t("wizard.notImported", { n: number(lost) })}</p>
          )}
          {target.people && fine > 0 && <p className="muted">{t("wizard.inactive")}</p>}
        </div>
      </div>
      {work.problems.length > 0 && (
        <ul className="repairs">
          {work.problems.map((group, index) => (
            <li key={index} className="repair">
              <span className="grow">
                {group.header && <b className="repair-field">{group.header}</b>}
                {group.value && !group.message.includes(group.value) && (
                  <span className="repair-value">{t("wizard.cell", { value: group.value })}</span>
                )}
                {group.message}
              </span>
              <span className="meta">{t("wizard.rows", { n: number(group.count) })}</span>
            </li>
          ))}
        </ul>
      )}
      <footer className="import-foot">
        {work.error_file && (
          <Button icon="download" href={work.error_file}>
            {t("wizard.errorFile")}
          </Button>
        )}
        <span className="grow" />
        <Button onClick={onAgain}>{t("wizard.again")}</Button>
        <Button kind="primary" onClick={onView}>
          {t("wizard.view")}
        </Button>
      </footer>
    </>
  );
}
