/** Releases: what the draft changes and does to the tables, publishing, history, import and export. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";

import { api, ApiError } from "@/shared/api";
import { Icon } from "@/shared/icons";
import { moment } from "@/shared/format";
import { Link } from "@/shared/router";
import { Button } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/Checkbox";
import { Empty } from "@/shared/ui/Empty";
import { Input } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";
import { sentence } from "@/shared/ui/Problems";
import { Tag } from "@/shared/ui/Tag";
import { attempt, toast } from "@/shared/ui/toast";

import { base, builder, nameOf, type Change, type Operation, type Release } from "../api";
import { pointerParts, type Json } from "../core/json";
import { designPath, kindLabel } from "../kinds";
import { placeWords } from "../parts/path_words";
import { localized, useDocuments, useSession, useSessionState, words } from "../session";
import { ProblemList, useAllProblems } from "../shell/ProblemList";
import { t } from "../texts";
import "./release.css";

export default function ReleaseScreen() {
  const { check, info } = useSessionState();
  const changes = check?.changes ?? [];
  return (
    <div className="page release-page">
      <div className="page-head">
        <h1>{t("d.release")}</h1>
      </div>
      <div className="release-columns">
        <div className="stack">
          <section className="panel">
            <h2>{t("role.draftChanges")}</h2>
            {check && changes.length === 0 ? (
              <Empty
                small
                title={info.release === null ? t("role.noChanges") : t("role.noChangesText")}
              />
            ) : (
              <ChangeList changes={changes} />
            )}
          </section>
          <PublishPanel
            operations={check?.operations ?? []}
            summary={check?.summary ?? ""}
            nothing={changes.length === 0}
          />
        </div>
        <div className="stack">
          <Releases />
          <Transfer />
        </div>
      </div>
    </div>
  );
}

function changeTag(change: Change["change"]) {
  if (change === "added") return <Tag color="green">{t("role.added")}</Tag>;
  if (change === "removed") return <Tag color="red">{t("role.removed")}</Tag>;
  return <Tag color="blue">{t("role.changed")}</Tag>;
}

export function ChangeList({ changes }: { changes: readonly Change[] }) {
  const { app, catalogue } = useSession();
  const documents = useDocuments();
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const id = `${change.kind}/${change.key}`;
    groups.set(id, [...(groups.get(id) ?? []), change]);
  }
  return (
    <ul className="change-groups">
      {[...groups].map(([id, found]) => {
        const first = found[0];
        if (!first) return null;
        const whole = found.find((change) => !change.path);
        const name = words(documents[id]?.label, localized(first.label) || first.key);
        const by = nameOf(first.person);
        return (
          <li key={id}>
            <div className="row">
              {changeTag(whole?.change ?? "changed")}
              <Link href={designPath(app, first.kind, first.key)}>{name}</Link>
              <span className="meta">{kindLabel(first.kind)}</span>
              {by && (
                <span className="meta">
                  {by} {first.at ? moment(first.at) : ""}
                </span>
              )}
            </div>
            <ul className="change-places">
              {found
                .filter((change) => change.path)
                .slice(0, 12)
                .map((change, index) => (
                  <li key={index}>
                    <span className="meta">
                      {placeWords(
                        catalogue,
                        change.kind,
                        pointerParts(change.path ?? ""),
                        documents[id],
                      ) || t("role.changed")}
                    </span>
                    {change.change === "changed" && (
                      <span className="change-values">
                        <del>{short(change.before)}</del> → <ins>{short(change.after)}</ins>
                      </span>
                    )}
                    {change.change !== "changed" && changeTag(change.change)}
                  </li>
                ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

function short(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "—";
  if (typeof value === "boolean") return value ? t("common.yes") : t("common.no");
  if (Array.isArray(value))
    return value.every((item) => typeof item === "string")
      ? value.join("、").slice(0, 48)
      : t("role.items", { n: value.length });
  const text = typeof value === "object" ? words(value) || "…" : String(value);
  return text.length > 48 ? `${text.slice(0, 48)}…` : text;
}

function PublishPanel({
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
  const [accepted, setAccepted] = useState(false);
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const errors = problems.filter((problem) => problem.severity !== "warning");
  const losses = operations.filter((operation) => operation.loses_data);
  const publish = async () => {
    setBusy(true);
    setFailure(null);
    try {
      if (!(await session.saver.flush())) {
        setFailure(t("d.unsaved"));
        return;
      }
      setDone(await session.publishDraft(accepted, note.trim()));
      setNote("");
      setAccepted(false);
      await client.invalidateQueries({ queryKey: ["releases"] });
    } catch (error) {
      await session.check();
      setFailure(
        error instanceof ApiError && error.status === 409 && !error.problems.length
          ? t("d.stalePublish")
          : sentence(error),
      );
    } finally {
      setBusy(false);
    }
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
          onClick={() => void publish()}
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

function Releases() {
  const session = useSession();
  const { info } = useSessionState();
  const client = useQueryClient();
  const releases = useQuery({
    queryKey: ["releases", session.app, info.release],
    queryFn: () => builder.releases(session.app),
    retry: false,
  });
  const [restoring, setRestoring] = useState<number | null>(null);
  const [comparing, setComparing] = useState<Release | null>(null);
  const [busy, setBusy] = useState(false);
  const restore = (number: number) =>
    attempt(async () => {
      setBusy(true);
      try {
        const answer = await builder.restore(session.app, number);
        setRestoring(null);
        toast(t("role.restored", { n: answer.release }), { kind: "success" });
        await session.check();
        await client.invalidateQueries({ queryKey: ["releases"] });
      } finally {
        setBusy(false);
      }
    });
  const list = [...(releases.data ?? [])].sort((a, b) => b.number - a.number);
  return (
    <section className="panel">
      <h2>{t("role.releases")}</h2>
      {releases.isSuccess && list.length === 0 && <p className="muted">{t("role.noReleases")}</p>}
      <ol className="release-list">
        {list.map((release) => (
          <li key={release.number}>
            <div className="row">
              <b>{t("role.releaseN", { n: release.number })}</b>
              {release.number === info.release && <Tag color="green">{t("role.current")}</Tag>}
              <span className="meta">
                {nameOf(release.created_by)} {moment(release.created_at)}
              </span>
            </div>
            {release.restored_from ? (
              <p className="meta">{t("role.restoredFrom", { n: release.restored_from })}</p>
            ) : null}
            {release.note ? <p>{release.note}</p> : null}
            <div className="row">
              {release.number > 1 && (
                <Button kind="link" size="small" onClick={() => setComparing(release)}>
                  {t("role.compare")}
                </Button>
              )}
              {release.number !== info.release && (
                <Button kind="link" size="small" onClick={() => setRestoring(release.number)}>
                  {t("role.restore")}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      {restoring !== null && (
        <Modal
          open
          title={t("role.restoreTitle", { n: restoring })}
          onClose={() => setRestoring(null)}
          action={{ label: t("role.restore"), run: () => void restore(restoring), busy }}
        >
          <p>{t("role.restoreText", { n: restoring })}</p>
        </Modal>
      )}
      {comparing && <Compare release={comparing} onClose={() => setComparing(null)} />}
    </section>
  );
}

function Compare({ release, onClose }: { release: Release; onClose: () => void }) {
  const { app } = useSession();
  const from = release.number - 1;
  const changes = useQuery({
    queryKey: ["compare", app, release.number],
    queryFn: () => builder.compare(app, from, release.number),
    retry: false,
  });
  return (
    <Modal
      open
      width={640}
      title={t("role.compareTitle", { from, to: release.number })}
      onClose={onClose}
      footer={null}
    >
      {changes.isError && <p className="danger-text">{sentence(changes.error)}</p>}
      {changes.data?.length === 0 && <p className="muted">{t("role.noDifference")}</p>}
      {changes.data && <ChangeList changes={changes.data} />}
    </Modal>
  );
}

interface Imported {
  application?: string;
  changes: Change[];
}

function Transfer() {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState<{ file: File; changes: Change[] } | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (file: File, dry: boolean): Promise<Imported> => {
    const form = new FormData();
    form.set("file", file);
    form.set("app", session.app);
    if (dry) form.set("dry_run", "true");
    return api.post<Imported>("/api/builder/applications/import", form);
  };
  const choose = (file: File) =>
    attempt(async () => {
      await session.saver.flush();
      const answer = await send(file, true);
      setPending({ file, changes: answer.changes });
    });
  const run = () =>
    attempt(async () => {
      if (!pending) return;
      setBusy(true);
      try {
        await send(pending.file, false);
        setPending(null);
        toast(t("role.imported"), { kind: "success" });
        // Every document may have changed: the page begins anew from the server.
        window.location.reload();
      } finally {
        setBusy(false);
      }
    });
  return (
    <section className="panel">
      <h2>{t("role.transfer")}</h2>
      <p className="muted">{t("role.transferText")}</p>
      <div className="row is-wrapping">
        <Button icon="export" href={`${base(session.app)}/export`}>
          {t("role.export_")}
        </Button>
        <Button icon="import" onClick={() => input.current?.click()}>
          {t("role.import_")}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".zip"
          hidden
          aria-label={t("role.import_")}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void choose(file);
          }}
        />
      </div>
      {pending && (
        <Modal
          open
          width={640}
          title={t("role.importTitle")}
          onClose={() => setPending(null)}
          action={{
            label: t("role.importRun"),
            run: () => void run(),
            busy,
            disabled: pending.changes.length === 0,
          }}
        >
          {pending.changes.length ? (
            <ChangeList changes={pending.changes} />
          ) : (
            <p className="muted">{t("role.importSame")}</p>
          )}
        </Modal>
      )}
    </section>
  );
}
