/** What happened to the record and what was said about it, newest first. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/shared/api";
import { moment, relative } from "@/shared/format";
import { queryClient } from "@/shared/queries";
import type { FieldInfo, FormInfo, PersonRef, Value } from "@/shared/types";
import { Avatar } from "@/shared/ui/Avatar";
import { Button } from "@/shared/ui/Button";
import { TextArea } from "@/shared/ui/Input";
import { Skeleton } from "@/shared/ui/Skeleton";
import { attempt } from "@/shared/ui/toast";
import { t } from "@/shared/texts/record";
import { isEmpty, widget } from "@/widgets/registry";
import { plain } from "@/widgets/values";

import { listSeparator } from "../queries";

interface Change {
  field: string;
  label?: string;
  before: Value;
  after: Value;
}

interface Entry {
  id: number;
  at: string;
  person: PersonRef | null;
  through?: { kind: string; key?: string; label?: string } | null;
  action: "created" | "changed" | "deleted" | "restored" | string;
  changes: Change[];
}

interface Comment {
  id: number;
  at: string;
  person: PersonRef | null;
  text: string;
}

function Shown({ field, value }: { field: FieldInfo | undefined; value: Value }) {
  if (isEmpty(value)) return <span className="muted">{t("record.empty")}</span>;
  if (!field) return <>{plain(value)}</>;
  const { View } = widget(field);
  return <View field={field} value={value} compact />;
}

function through(entry: Entry): string | null {
  const kind = entry.through?.kind;
  const name = entry.through?.label ?? "";
  if (kind === "rule") return t("record.by", { through: t("record.rule", { name }) });
  if (kind === "flow") return t("record.by", { through: t("record.flow", { name }) });
  if (kind === "import") return t("record.by", { through: t("record.import") });
  if (kind === "api") return t("record.by", { through: t("record.api") });
  if (kind === "public") return t("record.by", { through: t("record.public") });
  return null;
}

function sentence(
  entry: Entry,
  changes: readonly Change[],
  labels: ReadonlyMap<string, string>,
): string {
  if (entry.action === "created") return t("record.created");
  if (entry.action === "deleted") return t("record.removed");
  if (entry.action === "restored") return t("record.restoredAction");
  const names = changes
    .map((change) => change.label ?? labels.get(change.field) ?? "")
    .filter(Boolean);
  return t("record.changed", {
    fields: names.slice(0, 3).join(listSeparator) + (names.length > 3 ? "…" : ""),
  });
}

/** What was changed by hand; computed fields follow and are told only when nothing else is. */
function told(changes: readonly Change[], fields: ReadonlyMap<string, FieldInfo>): Change[] {
  const known = changes.filter((change) => fields.has(change.field));
  const own = known.filter((change) => !fields.get(change.field)?.computed);
  return own.length ? own : known;
}

export function Timeline({ form, id }: { form: FormInfo; id: number }) {
  const path = `/api/apps/${form.app}/records/${form.key}/${id}`;
  const key = ["timeline", form.app, form.key, id];
  const history = useInfiniteQuery({
    queryKey: [...key, "history"],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ history: Entry[]; next: string | null }>(`${path}/history`, {
        query: { after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const comments = useQuery({
    queryKey: [...key, "comments"],
    queryFn: async ({ signal }) =>
      (await api.get<{ comments: Comment[] }>(`${path}/comments`, { signal })).comments,
  });
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const fields = new Map(form.fields.map((field) => [field.key, field]));
  const labels = new Map(form.fields.map((field) => [field.key, field.label]));

  const send = async () => {
    if (!text.trim() || busy) return;
    setBusy(true);
    const done = await attempt(() => api.post(`${path}/comments`, { text: text.trim() }));
    setBusy(false);
    if (done !== undefined) {
      setText("");
      await queryClient.invalidateQueries({ queryKey: [...key, "comments"] });
    }
  };
  const entries = [
    ...(history.data?.pages.flatMap((page) => page.history) ?? []).map((entry) => ({
      at: entry.at,
      id: `h${entry.id}`,
      entry,
      comment: null,
    })),
    ...(comments.data ?? []).map((comment) => ({
      at: comment.at,
      id: `c${comment.id}`,
      entry: null,
      comment,
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return (
    <div className="timeline">
      <div className="timeline-write">
        <TextArea
          aria-label={t("record.comment")}
          placeholder={t("record.comment")}
          value={text}
          autoSize={{ minRows: text ? 3 : 1, maxRows: 8 }}
          onChange={setText}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.preventDefault();
              event.stopPropagation();
              void send();
            }
          }}
        />
        {text.trim() && (
          <Button kind="primary" size="small" busy={busy} onClick={() => void send()}>
            {t("record.send")}
          </Button>
        )}
      </div>
      {history.isPending ? (
        <Skeleton lines={4} />
      ) : entries.length === 0 ? (
        <p className="muted">{t("record.noTimeline")}</p>
      ) : (
        <ol>
          {entries.map(({ id: entryId, at, entry, comment }) => {
            const person = (entry ?? comment)?.person;
            const name = person?.name ?? t("record.system");
            const changes = told(entry?.changes ?? [], fields);
            const by = entry ? through(entry) : null;
            return (
              <li key={entryId}>
                <Avatar name={name} id={person?.id} size={24} />
                <div className="grow">
                  <p>
                    <b>{name}</b>{" "}
                    {comment
                      ? t("record.commented")
                      : entry
                        ? sentence(entry, changes, labels)
                        : ""}
                    {by && <span className="muted"> · {by}</span>}
                  </p>
                  {comment && <p className="timeline-comment">{comment.text}</p>}
                  {entry?.action === "changed" && changes.length > 0 && (
                    <ul className="timeline-changes">
                      {changes.map((change) => {
                        const field = fields.get(change.field);
                        return (
                          <li key={change.field}>
                            {changes.length > 1 && (
                              <span className="muted">{change.label ?? field?.label} </span>
                            )}
                            <Shown field={field} value={change.before} />
                            <span className="muted"> → </span>
                            <Shown field={field} value={change.after} />
                          </li>
                        );
                      })}
                    </ul>
                  )}
                  <time className="meta" dateTime={at} title={moment(at)}>
                    {relative(at)}
                  </time>
                </div>
              </li>
            );
          })}
        </ol>
      )}
      {history.hasNextPage && (
        <Button
          kind="text"
          busy={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t("record.earlier")}
        </Button>
      )}
    </div>
  );
}
