/** A rule as one sentence with its pickers in it: when … if … then; tried on real records before publishing. */
import { useMemo, useState } from "react";

import { api } from "@/shared/api";
import { localized } from "@/shared/i18n";
import { relative } from "@/shared/format";
import { Button } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Problems, sentence } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";
import { Switch } from "@/shared/ui/Switch";
import { Tag } from "@/shared/ui/Tag";

import { base, type Schema } from "../api";
import type { Body } from "../core/definitions";
import { isObject, withValue, type Json } from "../core/json";
import { Missing } from "../parts/Missing";
import { ConditionBuilder } from "../parts/ConditionBuilder";
import { ActionsEditor } from "../parts/schema/ActionsEditor";
import { SurroundingsContext } from "../parts/schema/context";
import { initialObject, SchemaForm } from "../parts/schema/SchemaForm";
import { reworded, useBodies, useDocument, useProblems, useSession, words } from "../session";
import { t } from "../texts";
import "./rule.css";

export default function RuleScreen({ ruleKey }: { ruleKey: string }) {
  const session = useSession();
  const id = `rule/${ruleKey}`;
  const [rule, run] = useDocument<Body>(id);
  const problems = useProblems("rule", ruleKey);
  const forms = useBodies("form");
  const on = isObject(rule?.on) ? rule.on : {};
  const event = typeof on.event === "string" ? on.event : "created";
  const formKey = typeof rule?.form === "string" ? rule.form : null;
  const surroundings = useMemo(
    () => ({ form: formKey, document: id, old: event === "updated" }),
    [formKey, id, event],
  );
  if (!rule) return <Missing section="rules" />;
  const { catalogue } = session;
  const trigger = catalogue.triggers.find((one) => one.key === event);
  const set = (path: readonly string[], value: Json | undefined, merge?: string) =>
    run(
      "change_rule",
      t("flow.stepRule"),
      (body) => withValue(body as unknown as Json, path, value) as unknown as Body,
      merge,
    );
  const within = (prefix: string) =>
    problems
      .filter(({ inner }) => inner.startsWith(prefix))
      .map((problem) => ({ ...problem, inner: problem.inner.slice(prefix.length) }));
  const general = problems.filter(
    ({ inner }) => !["/on", "/when", "/do"].some((prefix) => inner.startsWith(prefix)),
  );
  const timed = event === "schedule" || event === "reached";
  return (
    <SurroundingsContext.Provider value={surroundings}>
      <div className="page rule-page">
        <div className="page-head">
          <h1 className="visually-hidden">{words(rule.label, rule.key)}</h1>
          <Input
            className="title-control"
            aria-label={t("flow.ruleName")}
            value={words(rule.label)}
            maxLength={80}
            onChange={(text) =>
              text.trim() && set(["label"], reworded(rule.label, text), "rule_label")
            }
            onBlur={() => session.workspace.seal(id)}
          />
          <span className="row">
            <Switch
              label={t("flow.active")}
              checked={rule.disabled !== true}
              onChange={(active) => set(["disabled"], active ? undefined : true)}
            />
            <span>{rule.disabled === true ? t("flow.switchedOff") : t("flow.active")}</span>
          </span>
        </div>
        <Problems problems={general} />
        <div className="rule-columns">
          <div className="rule-sentence panel">
            <section className="rule-part">
              <span className="rule-word">{t("flow.when")}</span>
              <div className="rule-body">
                <div className="row is-wrapping">
                  <Select
                    aria-label={t("d.form")}
                    width="auto"
                    value={formKey}
                    options={forms.map((form) => ({
                      value: form.key,
                      label: words(form.label, form.key),
                    }))}
                    onChange={(next) => next && set(["form"], next)}
                  />
                  <Select
                    aria-label={t("flow.event")}
                    width="auto"
                    value={event}
                    options={catalogue.triggers.map((one) => ({
                      value: one.key,
                      label: localized(one.label),
                    }))}
                    onChange={(next) => {
                      const kind = catalogue.triggers.find((one) => one.key === next);
                      if (kind)
                        run("change_rule", t("flow.stepRule"), (body) =>
                          withTrigger(body, kind.key, kind.options_schema),
                        );
                    }}
                  />
                  {!timed && (
                    <Select
                      aria-label={t("flow.phase")}
                      width="auto"
                      value={rule.phase === "before" ? "before" : "after"}
                      options={[
                        { value: "after", label: t("flow.phaseAfter") },
                        { value: "before", label: t("flow.phaseBefore") },
                      ]}
                      onChange={(next) => set(["phase"], next ?? "after")}
                    />
                  )}
                </div>
                {trigger && (
                  <SchemaForm
                    schema={trigger.options_schema}
                    value={on}
                    without={["event"]}
                    problems={within("/on")}
                    path={["on"]}
                    onChange={(path, value, merge) => set(["on", ...path], value, merge)}
                  />
                )}
              </div>
            </section>
            <section className="rule-part">
              <span className="rule-word">{t("flow.if")}</span>
              <div className="rule-body">
                {!rule.when && <p className="muted">{t("flow.always")}</p>}
                <ConditionBuilder
                  label={t("flow.if")}
                  value={typeof rule.when === "string" ? rule.when : ""}
                  onChange={(when) => set(["when"], when || undefined, "rule_when")}
                />
                {within("/when").map((problem, index) => (
                  <p key={index} className="control-problem" role="alert">
                    {problem.message}
                  </p>
                ))}
              </div>
            </section>
            <section className="rule-part">
              <span className="rule-word">{t("flow.then")}</span>
              <div className="rule-body">
                <ActionsEditor
                  id={`${id}-do`}
                  label={t("flow.then")}
                  schema={{}}
                  siblings={{}}
                  required
                  path={["do"]}
                  value={rule.do as Json}
                  onChange={(value, merge) => set(["do"], value ?? [], merge)}
                />
                <Problems problems={within("/do")} />
              </div>
            </section>
          </div>
          <div className="stack rule-side">
            <DryRun rule={rule} />
            <RunLog app={session.app} rule={ruleKey} />
          </div>
        </div>
      </div>
    </SurroundingsContext.Provider>
  );
}

function withTrigger(rule: Body, event: string, schema: Schema): Body {
  const on = {
    event,
    ...initialObject(schema),
    ...(event === "schedule" ? { cron: "0 9 * * *" } : {}),
  };
  const timed = event === "schedule" || event === "reached";
  return { ...rule, on, phase: timed ? "after" : (rule.phase as unknown) };
}

interface Tried {
  id: number;
  label: string;
  met: boolean;
  explanation?: unknown;
}

function explained(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(explained).filter(Boolean).join("；");
  if (isObject(value) && typeof value.message === "string") return value.message;
  return "";
}

function DryRun({ rule }: { rule: Body }) {
  const session = useSession();
  const [records, setRecords] = useState<Tried[] | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      setRecords(
        (await api.post<{ records: Tried[] }>(`${base(session.app)}/rules/try`, { rule })).records,
      );
    } catch (error) {
      setFailure(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  const met = records?.filter((record) => record.met).length ?? 0;
  return (
    <section className="panel">
      <Button icon="play" busy={busy} onClick={() => void run()}>
        {t("flow.dryRun")}
      </Button>
      <p className="meta">{t("flow.dryRunText")}</p>
      {failure && (
        <p className="danger-text" role="alert">
          {failure}
        </p>
      )}
      {records && (
        <div role="status">
          <p>
            <b>
              {records.length
                ? t("flow.dryRunMet", { n: records.length, met })
                : t("flow.dryRunNone")}
            </b>
          </p>
          <ul className="try-list">
            {records.map((record) => (
              <li key={record.id}>
                <Tag color={record.met ? "green" : "grey"}>
                  {record.met ? t("flow.met") : t("flow.notMet")}
                </Tag>
                <a
                  href={`/apps/${session.app}/${String(rule.form)}/${record.id}`}
                  target="_blank"
                  rel="noreferrer"
                  className="ellipsis"
                >
                  {record.label || record.id}
                </a>
                <span className="meta ellipsis">{explained(record.explanation)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

interface LogEntry {
  id?: number;
  at: string;
  form?: string;
  record?: number | null;
  /** The record's title; missing where the record has gone. */
  label?: string | null;
  met: boolean;
  error?: string | null;
}

function RunLog({ app, rule }: { app: string; rule: string }) {
  const [entries, setEntries] = useState<LogEntry[] | null>(null);
  const [failed, setFailed] = useState(false);
  const load = async () => {
    try {
      setEntries((await api.get<{ log: LogEntry[] }>(`/api/apps/${app}/rules/${rule}/log`)).log);
    } catch {
      setFailed(true);
    }
  };
  if (failed) return null;
  return (
    <section className="panel">
      <Button icon="history" onClick={() => void load()}>
        {t("flow.runLog")}
      </Button>
      {entries?.length === 0 && <p className="muted">{t("flow.runLogNone")}</p>}
      <ul className="try-list">
        {(entries ?? []).map((entry, index) => (
          <li key={entry.id ?? index}>
            <Tag color={entry.error ? "red" : entry.met ? "green" : "grey"}>
              {entry.met ? t("flow.met") : t("flow.notMet")}
            </Tag>
            {entry.record != null && entry.form && (
              <a
                href={`/apps/${app}/${entry.form}/${entry.record}`}
                target="_blank"
                rel="noreferrer"
                className="ellipsis"
              >
                {entry.label || t("flow.runRecord", { n: entry.record })}
              </a>
            )}
            <span className="meta">{relative(entry.at)}</span>
            {entry.error && <span className="danger-text">{entry.error}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
