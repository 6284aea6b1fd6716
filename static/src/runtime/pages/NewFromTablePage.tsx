/** A new application from a spreadsheet: look at what its columns become, change it, create it. */
import "../import/import.css";
import "../table/table.css";

import { useCallback, useRef, useState } from "react";

import { ApiError, api } from "@/shared/api";
import { number } from "@/shared/format";
import { Icon } from "@/shared/icons";
import { useLocation, useParameter } from "@/shared/router";
import type { Problem } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Input } from "@/shared/ui/Input";
import { Failure, Problems } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";
import { PageSkeleton } from "@/shared/ui/Skeleton";
import { failed } from "@/shared/ui/toast";
import { uniqueKey } from "@/shared/unique";
import { t } from "@/shared/texts/table";

import { Columns } from "../table/Columns";
import { Making } from "../table/Making";
import {
  type Begun,
  type Choices,
  choicesOf,
  type Column,
  type Proposal,
  requestBody,
  useProposal,
} from "../table/proposal";
import { TableFile } from "../table/TableFile";
import { useTitle } from "../title";

export default function NewFromTablePage() {
  const [, navigate] = useLocation();
  const [file] = useParameter("file");
  const [sheet, setSheet] = useParameter("sheet");
  const [work] = useParameter("work");
  const [app] = useParameter("app");
  const [form] = useParameter("form");
  const found = useProposal(work ? null : file, sheet ?? "");
  useTitle(t("table.title"));
  return (
    <div className="page import new-from-table">
      <header className="page-head">
        <IconButton icon="arrow-left" label={t("common.back")} onClick={() => navigate("/")} />
        <h1 className="grow">{t("table.title")}</h1>
      </header>
      <div className="panel import-panel">
        {work && app && form ? (
          <Making app={app} form={form} work={work} />
        ) : !file ? (
          <TableFile />
        ) : found.isError ? (
          <>
            <Failure error={found.error} />
            {sheet ? (
              <div className="empty-actions">
                <Button icon="arrow-left" onClick={() => setSheet(null)}>
                  {t("table.firstSheet")}
                </Button>
              </div>
            ) : (
              <TableFile />
            )}
          </>
        ) : !found.data ? (
          <PageSkeleton />
        ) : (
          <Preview
            key={`${file}/${found.data.sheet}`}
            found={found.data}
            onSheet={setSheet}
            onBegun={(begun) =>
              navigate(`/new?app=${begun.key}&form=${begun.form}&work=${begun.work}`, {
                replace: true,
              })
            }
          />
        )}
      </div>
    </div>
  );
}

interface Props {
  found: Proposal;
  onSheet: (sheet: string) => void;
  onBegun: (begun: Begun) => void;
}

function Preview({ found, onSheet, onBegun }: Props) {
  const [, navigate] = useLocation();
  const [choices, setChoices] = useState<Choices>(() => choicesOf(found));
  const [problems, setProblems] = useState<Problem[]>([]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const sent = useRef({ body: "", key: "" });
  const wanted = choices.columns.filter((column) => column.wanted);
  const set = useCallback((index: number, column: Column) => {
    setChoices((now) => ({
      ...now,
      columns: now.columns.map((one, at) => (at === index ? column : one)),
    }));
  }, []);
  const nameless =
    !choices.label.trim() || !choices.form.trim() || wanted.some((column) => !column.label.trim());
  const create = async () => {
    setTried(true);
    if (busy || nameless || !wanted.length) return;
    setBusy(true);
    setProblems([]);
    const body = requestBody(found, choices);
    const text = JSON.stringify(body);
    // What did not come through is the same request when it is sent again.
    if (sent.current.body !== text) sent.current = { body: text, key: uniqueKey() };
    try {
      onBegun(
        await api.post<Begun>("/api/builder/applications", body, {
          idempotencyKey: sent.current.key,
        }),
      );
    } catch (error) {
      if (error instanceof ApiError && error.problems.length) setProblems(error.problems);
      else failed(error);
      setBusy(false);
    }
  };
  const at = (path: string) => problems.find((problem) => problem.path === path)?.message ?? null;
  const missing = (value: string) => (tried && !value.trim() ? t("table.unnamed") : null);
  return (
    <>
      <div className="new-file">
        <div className="grow">
          <h2>
            {t("table.found", {
              file: found.name,
              rows: number(found.total),
              columns: number(found.columns.length),
            })}
          </h2>
          <p className="muted">{t("table.lead")}</p>
        </div>
        <Button icon="upload" onClick={() => navigate("/new")}>
          {t("table.another")}
        </Button>
      </div>
      <div className="new-names">
        {found.sheets.length > 1 && (
          <Field label={t("table.sheet")}>
            {({ id }) => (
              <Select
                id={id}
                aria-label={t("table.sheet")}
                value={found.sheet}
                options={found.sheets.map((name) => ({ value: name, label: name }))}
                onChange={(name) => name && onSheet(name)}
              />
            )}
          </Field>
        )}
        <Field
          label={t("table.application")}
          required
          problem={at("/label") ?? missing(choices.label)}
        >
          {({ id, describedBy, invalid }) => (
            <Input
              id={id}
              value={choices.label}
              maxLength={40}
              aria-describedby={describedBy}
              aria-invalid={invalid}
              status={invalid ? "error" : undefined}
              onChange={(label) => setChoices({ ...choices, label })}
            />
          )}
        </Field>
        <Field
          label={t("table.form")}
          required
          problem={at("/table/form/label") ?? missing(choices.form)}
        >
          {({ id, describedBy, invalid }) => (
            <Input
              id={id}
              value={choices.form}
              maxLength={40}
              aria-describedby={describedBy}
              aria-invalid={invalid}
              status={invalid ? "error" : undefined}
              onChange={(form) => setChoices({ ...choices, form })}
            />
          )}
        </Field>
      </div>
      {found.problems.length > 0 && (
        <ul className="new-warnings">
          {found.problems.map((problem, index) => (
            <li key={index}>
              <Icon name="warning" />
              <span>{warningOf(problem)}</span>
            </li>
          ))}
        </ul>
      )}
      <Columns
        found={found}
        columns={choices.columns}
        tried={tried}
        onChange={set}
        onAll={(on) =>
          setChoices({
            ...choices,
            columns: choices.columns.map((column) => ({ ...column, wanted: on })),
          })
        }
      />
      <Problems problems={problems} />
      <footer className="import-foot new-foot">
        <span className={wanted.length ? "grow muted" : "grow danger-text"} role="status">
          {wanted.length
            ? t("table.chosen", { n: number(wanted.length), rows: number(found.total) })
            : t("table.none")}
        </span>
        <Button kind="primary" busy={busy} disabled={!wanted.length} onClick={() => void create()}>
          {t("table.create")}
        </Button>
      </footer>
    </>
  );
}

/** Rows that cannot be read are counted; other warnings speak for themselves. */
function warningOf({ path, message, params }: Problem): string {
  if (path !== "/rows") return message;
  return t("table.rows", {
    n: number(Number(params?.count ?? 0)),
    row: number(Number(params?.row ?? 0)),
    reason: message,
  });
}
