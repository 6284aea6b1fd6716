/** What waits for the person, and what became of what he started. */
import "../inbox/inbox.css";
import "../record/record.css";
import "../form/form.css";

import { useEffect, useState } from "react";

import { moment, relative } from "@/shared/format";
import { useShortcut } from "@/shared/keyboard";
import { useParameter } from "@/shared/router";
import { Button } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/Checkbox";
import { Empty } from "@/shared/ui/Empty";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Tabs } from "@/shared/ui/Tabs";
import { Tag } from "@/shared/ui/Tag";
import { attempt, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/inbox";

import {
  type Assignment,
  assignmentsChanged,
  type Box,
  byUrgency,
  DECIDED,
  decideAll,
  useAssignment,
  useBox,
} from "../inbox/assignments";
import { Reading } from "../inbox/Reading";
import { usePhone } from "../media";
import { useApp } from "../queries";
import { useTitle } from "../title";

export default function InboxPage() {
  const [boxParameter, setBoxParameter] = useParameter("box");
  const [idParameter, setId] = useParameter("id");
  const box: Box =
    (["done", "started", "copied"] as const).find((one) => one === boxParameter) ?? "open";
  const phone = usePhone();
  const query = useBox(box);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [busy, setBusy] = useState(false);
  useTitle(t("inbox.title"));
  useEffect(() => setSelected(new Set()), [box]);

  const all = query.data?.pages.flatMap((page) => page.assignments) ?? [];
  const list = box === "open" ? byUrgency(all) : all;
  // Its time zone is the one in which moments are shown.
  useApp(list[0]?.app ?? null);
  const id = idParameter ? Number(idParameter) : null;
  const listed = list.find((one) => one.id === id);
  // A link may lead to one that is decided already, or not on this page of the box.
  const linked = useAssignment(query.isPending || listed ? null : id);
  const chosen =
    listed ??
    (id === null ? undefined : linked.data) ??
    (id === null && !phone ? (list[0] ?? null) : null);
  const go = (step: number) => {
    const at = list.findIndex((one) => one.id === chosen?.id);
    const next = list[Math.max(0, Math.min(list.length - 1, at + step))];
    if (next) setId(String(next.id));
  };
  useShortcut("j", () => go(1));
  useShortcut("k", () => go(-1));

  const decided = (one: Assignment) => {
    const at = list.findIndex((other) => other.id === one.id);
    const next = list[at + 1] ?? list[at - 1];
    setId(next && !phone ? String(next.id) : null);
  };
  const batch = async (decision: "agree" | "refuse") => {
    setBusy(true);
    const answer = await attempt(() => decideAll(decision, [...selected], ""));
    setBusy(false);
    if (!answer) return;
    const bad = answer.results.filter((result) => !result.ok);
    const good = answer.results.length - bad.length;
    if (good) toast(t("inbox.batchDone", { n: good }), { kind: "success" });
    if (bad.length)
      toast(t("inbox.batchFailed", { n: bad.length, why: bad[0]?.problems?.[0]?.message ?? "" }), {
        kind: "error",
        seconds: 8,
      });
    setSelected(new Set());
    await assignmentsChanged();
  };

  const empty = () => {
    if (box === "done") return <Empty icon="inbox" title={t("inbox.noneDone")} />;
    if (box === "started") return <Empty icon="flow" title={t("inbox.noneStarted")} />;
    if (box === "copied") return <Empty icon="copy" title={t("inbox.noneCopied")} />;
    return (
      <Empty
        icon="success"
        title={t("inbox.allDone")}
        text={t("inbox.allDoneText")}
        actions={
          <Button onClick={() => setBoxParameter("started")}>{t("inbox.seeStarted")}</Button>
        }
      />
    );
  };
  return (
    <div className={`inbox${phone && chosen ? " is-reading" : ""}`}>
      <section className="inbox-list" aria-label={t("inbox.title")}>
        <h1 className="inbox-title">{t("inbox.title")}</h1>
        <div className="inbox-tabs">
          <Tabs
            label={t("inbox.boxes")}
            tabs={[
              { key: "open", label: t("inbox.open") },
              { key: "done", label: t("inbox.done") },
              { key: "started", label: t("inbox.started") },
              { key: "copied", label: t("inbox.copied") },
            ]}
            current={box}
            onChange={(next) => setBoxParameter(next === "open" ? null : next)}
          />
        </div>
        {selected.size > 0 && (
          <div
            className="inbox-batch"
            role="toolbar"
            aria-label={t("inbox.selected", { n: selected.size })}
          >
            <span className="grow">{t("inbox.selected", { n: selected.size })}</span>
            <Button size="small" busy={busy} onClick={() => void batch("refuse")}>
              {t("inbox.refuseAll")}
            </Button>
            <Button size="small" kind="primary" busy={busy} onClick={() => void batch("agree")}>
              {t("inbox.agreeAll")}
            </Button>
          </div>
        )}
        <div className="inbox-scroll">
          {query.isPending ? (
            <div className="inbox-wait">
              <Skeleton lines={6} height={56} />
            </div>
          ) : query.isError ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : list.length === 0 ? (
            empty()
          ) : (
            <ul>
              {list.map((one) => (
                <Row
                  key={one.id}
                  one={one}
                  current={chosen?.id === one.id}
                  selectable={box === "open"}
                  selected={selected.has(one.id)}
                  onOpen={() => setId(String(one.id))}
                  onSelect={(on) => {
                    const next = new Set(selected);
                    if (on) next.add(one.id);
                    else next.delete(one.id);
                    setSelected(next);
                  }}
                />
              ))}
              {query.hasNextPage && (
                <li>
                  <Button
                    kind="text"
                    block
                    busy={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    {t("inbox.loadMore")}
                  </Button>
                </li>
              )}
            </ul>
          )}
        </div>
      </section>
      {(!phone || chosen) && (
        <section className="inbox-pane">
          {chosen ? (
            <Reading
              key={`${chosen.id}-${chosen.version}`}
              assignment={chosen}
              phone={phone}
              onBack={() => setId(null)}
              onDecided={decided}
            />
          ) : linked.isError ? (
            <Empty icon="inbox" title={t("inbox.notYours")} text={t("inbox.notYoursText")} />
          ) : linked.isLoading ? (
            <div className="inbox-wait">
              <Skeleton lines={8} />
            </div>
          ) : list.length > 0 ? (
            <Empty icon="inbox" title={t("inbox.choose")} />
          ) : null}
        </section>
      )}
    </div>
  );
}

interface RowProps {
  one: Assignment;
  current: boolean;
  selectable: boolean;
  selected: boolean;
  onOpen: () => void;
  onSelect: (on: boolean) => void;
}

function Row({ one, current, selectable, selected, onOpen, onSelect }: RowProps) {
  const name = one.record.label || t("inbox.untitled");
  // The amount and why; where nobody wrote why, the next fact.
  const facts = [one.summary[0]?.value, one.reason || one.summary[1]?.value].filter(
    (value) => value && value !== name,
  );
  const decided = one.decision ? DECIDED[one.decision] : undefined;
  return (
    <li className={`inbox-row${current ? " is-current" : ""}`}>
      {selectable && (
        <span className="inbox-check">
          <Checkbox checked={selected} label={t("inbox.select", { name })} onChange={onSelect} />
        </span>
      )}
      <button
        type="button"
        className="plain inbox-open"
        aria-current={current ? "true" : undefined}
        onClick={onOpen}
      >
        <span className="row">
          <b className="grow ellipsis">{name}</b>
          {one.late ? (
            <Tag color="red">{t("inbox.late")}</Tag>
          ) : decided ? (
            <Tag color={decided[0]}>{t(decided[1])}</Tag>
          ) : (
            <span className="meta">{relative(one.decided_at ?? one.opened_at)}</span>
          )}
        </span>
        <span className="inbox-facts ellipsis">{facts.join(" · ") || one.node.label}</span>
        <span className="meta ellipsis">
          {one.flow.label}
          {one.starter ? ` · ${one.starter.name}` : ""}
          {one.due && !one.late && one.state !== "done"
            ? ` · ${t("inbox.dueBy", { time: moment(one.due) })}`
            : ""}
        </span>
      </button>
    </li>
  );
}
