/** One assignment: what it is about, how far it is, and the decision. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError, api } from "@/shared/api";
import { moment, relative } from "@/shared/format";
import { MOD, useShortcut } from "@/shared/keyboard";
import { Link } from "@/shared/router";
import type { FieldInfo, Json, Value } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Radios } from "@/shared/ui/Checkbox";
import { Field } from "@/shared/ui/Field";
import { TextArea } from "@/shared/ui/Input";
import { Menu, type MenuItem } from "@/shared/ui/Menu";
import { Modal } from "@/shared/ui/Modal";
import { Select } from "@/shared/ui/Select";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Tag } from "@/shared/ui/Tag";
import { failed, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/inbox";
import { findPeople } from "@/widgets/person";
import { type Found, RemoteSelect } from "@/widgets/pickers/RemoteSelect";
import { widget } from "@/widgets/registry";

import { FieldGrid } from "../form/FieldGrid";
import { keys, useApp, useForm, useRecord } from "../queries";
import { fieldOf, mayEdit, toWrite } from "../records";
import { RunProgress } from "../record/RunProgress";
import {
  type Assignment,
  assignmentsChanged,
  DECIDED,
  decide,
  type Decision,
  type DecisionBody,
} from "./assignments";

interface Props {
  assignment: Assignment;
  phone: boolean;
  onBack: () => void;
  /** Called with the decided assignment so that the next one opens. */
  onDecided: (assignment: Assignment) => void;
}

const SAID = {
  agree: "inbox.agreed",
  refuse: "inbox.refused",
  return: "inbox.returned",
  transfer: "inbox.transferred",
  add_signer: "inbox.signerAdded",
} as const;

const WRITABLE = new Set(["edit", "require"]);

export function Reading({ assignment: one, phone, onBack, onDecided }: Props) {
  const [opinion, setOpinion] = useState(one.saved?.opinion ?? "");
  const [values, setValues] = useState<Record<string, Value>>(one.saved?.values ?? {});
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState<Decision | null>(null);
  const [asking, setAsking] = useState<"return" | "transfer" | "add_signer" | null>(null);
  // Its time zone and currency.
  useApp(one.app);
  const form = useForm(one.app, one.form);
  const record = useRecord(one.app, one.form, one.record.id);
  const open = (one.state === undefined || one.state === "open") && one.kind !== "copy";
  // It was sent back: whoever started it changes it and submits it again.
  const handle = one.kind === "handle";
  const decided = one.decision ? DECIDED[one.decision] : undefined;
  const name = one.record.label || t("inbox.untitled");

  const send = async (decision: Decision, more: DecisionBody = {}) => {
    if (busy) return;
    setBusy(decision);
    setProblems({});
    const written = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, toWrite(value)]),
    ) as Record<string, Json>;
    try {
      await decide(one, decision, {
        ...(opinion.trim() ? { opinion: opinion.trim() } : {}),
        ...(Object.keys(written).length ? { values: written } : {}),
        ...more,
      });
      setAsking(null);
      toast(
        decision === "add_signer"
          ? t("inbox.signerAdded")
          : handle
            ? t("inbox.resubmitted", { name })
            : t(SAID[decision] as typeof SAID.agree, { name }),
        { kind: "success" },
      );
      if (decision !== "add_signer") onDecided(one);
      await assignmentsChanged(one);
    } catch (error) {
      if (error instanceof ApiError && error.status === 422) {
        const at: Record<string, string> = {};
        for (const problem of error.problems)
          at[fieldOf(problem.path.replace(/^\/values/, ""))] ??= problem.message;
        setProblems(at);
        if (!Object.keys(at).some((key) => key in one.fields)) failed(error);
      } else failed(error);
      if (error instanceof ApiError && error.status === 409) await assignmentsChanged(one);
    }
    setBusy(null);
  };
  // While a dialog asks where it is to go, the key must not decide instead.
  useShortcut("mod+enter", () => void send("agree"), open && asking === null);

  const more: MenuItem[] = [];
  if (one.may.return && !handle)
    more.push({
      key: "return",
      label: t("inbox.return"),
      icon: "undo",
      run: () => setAsking("return"),
    });
  if (one.may.transfer && !handle)
    more.push({
      key: "transfer",
      label: t("inbox.transfer"),
      icon: "person_switch",
      run: () => setAsking("transfer"),
    });
  if (one.may.add_signer && !handle)
    more.push({
      key: "add_signer",
      label: t("inbox.addSigner"),
      icon: "add",
      run: () => setAsking("add_signer"),
    });

  const shown = (form.data?.fields ?? []).filter(
    (field) => record.data && field.key in record.data && one.fields[field.key] !== "hide",
  );
  const editable = (field: FieldInfo) =>
    open &&
    !field.computed &&
    !!widget(field).Edit &&
    (handle ? mayEdit(field) : WRITABLE.has(one.fields[field.key] ?? ""));
  const control = (field: FieldInfo) => {
    const { View, Edit } = widget(field);
    const value = (field.key in values ? values[field.key] : record.data?.[field.key]) as Value;
    if (editable(field) && Edit) {
      return (
        <Field
          label={field.label}
          required={field.required || one.fields[field.key] === "require"}
          problem={problems[field.key]}
        >
          {({ id, describedBy, invalid }) => (
            <Edit
              id={id}
              field={field}
              value={value}
              app={one.app}
              describedBy={describedBy}
              invalid={invalid}
              onChange={(next) => setValues((old) => ({ ...old, [field.key]: next }))}
            />
          )}
        </Field>
      );
    }
    return (
      <div className="fact">
        <span className="fact-label">{field.label}</span>
        <span className="fact-value">
          <View field={field} value={value} app={one.app} />
        </span>
      </div>
    );
  };
  return (
    <article className="reading" aria-label={name}>
      <header className="reading-head">
        {phone && (
          <IconButton icon="arrow-left" label={t("inbox.back")} onClick={onBack} noTooltip />
        )}
        <div className="grow">
          <h1 className="ellipsis">{name}</h1>
          <p className="meta">
            {one.flow.label} · {one.node.label}
            {one.starter ? ` · ${t("inbox.from", { person: one.starter.name })}` : ""} ·{" "}
            {relative(one.opened_at)}
          </p>
        </div>
        {one.late ? (
          <Tag color="red">{t("inbox.late")}</Tag>
        ) : decided ? (
          <Tag color={decided[0]}>{t(decided[1])}</Tag>
        ) : one.due && open ? (
          <span className="meta reading-due" title={moment(one.due)}>
            {t("inbox.dueIn", { time: relative(one.due) })}
          </span>
        ) : null}
        <Link href={`/apps/${one.app}/${one.form}/${one.record.id}`} className="reading-link">
          {t("inbox.record")}
        </Link>
      </header>
      <div className="reading-body">
        {one.summary.length > 0 && (
          <dl className="record-facts">
            {one.summary.map((fact) => (
              <div key={fact.label}>
                <dt>{fact.label}</dt>
                <dd>{fact.value || "—"}</dd>
              </div>
            ))}
          </dl>
        )}
        <section aria-label={t("inbox.content")}>
          {form.isPending || record.isPending ? (
            <Skeleton lines={6} />
          ) : form.data && record.data ? (
            <FieldGrid form={form.data} fields={shown} render={control} />
          ) : (
            <p className="muted">{t("inbox.gone")}</p>
          )}
        </section>
        <section className="reading-progress" aria-label={t("inbox.progress")}>
          <h2>{t("inbox.progress")}</h2>
          <RunProgress run={one.run} />
        </section>
      </div>
      {open && (
        <footer className="reading-foot">
          <TextArea
            aria-label={t("inbox.opinion")}
            placeholder={t("inbox.opinionHint")}
            value={opinion}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={2000}
            onChange={setOpinion}
          />
          <div className="reading-actions">
            {more.length > 0 && (
              <Menu items={more} placement="topRight">
                <Button aria-haspopup="menu">{t("common.more")}</Button>
              </Menu>
            )}
            {!handle && (
              <Button
                kind="danger"
                busy={busy === "refuse"}
                disabled={busy !== null}
                onClick={() => void send("refuse")}
              >
                {t("inbox.refuse")}
              </Button>
            )}
            <Button
              kind="primary"
              busy={busy === "agree"}
              disabled={busy !== null && busy !== "agree"}
              title={`${MOD} Enter`}
              onClick={() => void send("agree")}
            >
              {handle ? t("inbox.resubmit") : t("inbox.agree")}
            </Button>
          </div>
        </footer>
      )}
      {asking && (
        <Ask
          assignment={one}
          what={asking}
          busy={busy !== null}
          opinion={opinion}
          onOpinion={setOpinion}
          onClose={() => setAsking(null)}
          onSend={(body) => void send(asking, body)}
        />
      )}
    </article>
  );
}

interface AskProps {
  assignment: Assignment;
  what: "return" | "transfer" | "add_signer";
  busy: boolean;
  opinion: string;
  onOpinion: (text: string) => void;
  onClose: () => void;
  onSend: (body: DecisionBody) => void;
}

function Ask({ assignment, what, busy, opinion, onOpinion, onClose, onSend }: AskProps) {
  const places = assignment.may.return?.to ?? ["start"];
  const [node, setNode] = useState<string | null>(places[0] ?? null);
  const [person, setPerson] = useState<Found | null>(null);
  const [place, setPlace] = useState<"before" | "after">("before");
  const run = useQuery({
    queryKey: [...keys.assignments, "run", assignment.run],
    queryFn: ({ signal }) =>
      api.get<{ nodes: { key: string; label: string }[] }>(`/api/runs/${assignment.run}`, {
        signal,
      }),
    enabled: what === "return",
  });
  const title =
    what === "return"
      ? t("inbox.return")
      : what === "transfer"
        ? t("inbox.transfer")
        : t("inbox.addSigner");
  const ready = what === "return" ? node !== null : person !== null;
  return (
    <Modal
      open
      title={title}
      onClose={onClose}
      action={{
        label: title,
        busy,
        disabled: !ready,
        run: () =>
          onSend(
            what === "return"
              ? { to: node ?? "start" }
              : what === "transfer"
                ? { to: person?.id ?? 0 }
                : { to: [person?.id ?? 0], place },
          ),
      }}
    >
      <div className="stack form-stack">
        {what === "return" ? (
          <Field label={t("inbox.returnTo")} required>
            {({ id }) => (
              <Select
                id={id}
                aria-label={t("inbox.returnTo")}
                value={node}
                options={places.map((key) => ({
                  value: key,
                  label: run.data?.nodes.find((one) => one.key === key)?.label ?? "…",
                }))}
                onChange={setNode}
              />
            )}
          </Field>
        ) : (
          <Field label={what === "transfer" ? t("inbox.transferTo") : t("inbox.signer")} required>
            {({ id }) => (
              <RemoteSelect
                id={id}
                name={["people"]}
                label={what === "transfer" ? t("inbox.transferTo") : t("inbox.signer")}
                value={person}
                placeholder={t("common.select")}
                find={findPeople}
                onChange={setPerson}
              />
            )}
          </Field>
        )}
        {what === "add_signer" && (
          <Field label={t("inbox.place")}>
            {() => (
              <Radios
                inline
                name="place"
                label={t("inbox.place")}
                value={place}
                onChange={setPlace}
                options={[
                  { value: "before", label: t("inbox.before") },
                  { value: "after", label: t("inbox.after") },
                ]}
              />
            )}
          </Field>
        )}
        <Field label={t("inbox.opinion")}>
          {({ id }) => <TextArea id={id} value={opinion} maxLength={2000} onChange={onOpinion} />}
        </Field>
      </div>
    </Modal>
  );
}
