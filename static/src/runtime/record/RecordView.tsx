/** One record: facts, fields edited in place, related records, timeline; in a drawer or on a page. */
import "./record.css";
import "../form/form.css";

import { useQueries } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";

import { ApiError, api } from "@/shared/api";
import { copyText } from "@/shared/clipboard";
import { moment, number } from "@/shared/format";
import { useShortcut } from "@/shared/keyboard";
import type { FieldInfo, FormInfo, Value } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Menu, type MenuEntry } from "@/shared/ui/Menu";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Tabs } from "@/shared/ui/Tabs";
import { attempt, toast, undoable } from "@/shared/ui/toast";
import { t } from "@/shared/texts/record";
import { isEmpty, widget } from "@/widgets/registry";

import { useAround } from "../form/around";
import { FieldGrid } from "../form/FieldGrid";
import { behaviour, type Values } from "../form/live";
import { recordsChanged, useRecord } from "../queries";
import { deleteRecord, mayEdit, restoreRecord } from "../records";
import { useShell } from "../shell/context";
import { FieldValue } from "./FieldValue";
import { FlowBanner } from "./FlowBanner";
import { Related, type RelatedForm, relatedQuery } from "./Related";
import { Timeline } from "./Timeline";
import { useSave } from "./useSave";

const NOTHING: Values = {};

interface Props {
  form: FormInfo;
  id: number;
  /** On a page the timeline stands beside the fields; in a drawer it is a tab. */
  page?: boolean;
  tools?: ReactNode;
  lead?: ReactNode;
  onGone: () => void;
  onTitle?: (title: string) => void;
}

export function RecordView({ form, id, page = false, tools, lead, onGone, onTitle }: Props) {
  const { app: info, fill } = useShell();
  const query = useRecord(form.app, form.key, id);
  const record = query.data;
  const { save, dialog } = useSave(form);
  const [tab, setTab] = useState("details");
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => setTab("details"), [id]);
  const title = record?.label || (record ? t("record.untitled") : "");
  const told = useRef(onTitle);
  useEffect(() => {
    told.current = onTitle;
  });
  useEffect(() => {
    if (title) told.current?.(title);
  }, [title]);

  const related: RelatedForm[] = useMemo(
    () =>
      (form.page?.related ?? []).flatMap((one) => {
        const other = info?.forms.find((each) => each.key === one.form);
        return other ? [{ form: one.form, link: one.link, label: one.label ?? other.label }] : [];
      }),
    [form.page, info],
  );
  const counts = useQueries({
    queries: related.map((one) => ({ ...relatedQuery(form.app, form.key, id, one), retry: false })),
  });
  const around = useAround(form, (record ?? NOTHING) as Values);
  const outcome = useMemo(
    () => (record ? behaviour(form, record as Values, around) : null),
    [form, record, around],
  );

  const mayChange = form.rights.edit && record?.rights?.edit !== false;
  useShortcut(
    "e",
    () => root.current?.querySelector<HTMLElement>(".fact-button")?.click(),
    mayChange && tab === "details",
  );

  if (query.isError) {
    return query.error instanceof ApiError && query.error.status === 404 ? (
      <Empty
        icon="search"
        title={t("record.gone")}
        actions={<Button onClick={onGone}>{t("record.backToList")}</Button>}
      />
    ) : (
      <Failure error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  if (!record || !outcome) {
    return (
      <div className="record-wait">
        <Skeleton lines={8} height={20} />
      </div>
    );
  }

  const visible = form.fields.filter(
    (field) => field.key in record && !outcome.hidden.has(field.key),
  );
  const header = (form.page?.header ?? []).flatMap(
    (key) => form.fields.find((field) => field.key === key && field.key in record) ?? [],
  );
  const flow = record.flow_state;
  const remove = async () => {
    const done = await attempt(() => deleteRecord(form.app, form.key, id));
    if (done === undefined) return;
    onGone();
    await recordsChanged(form.app, form.key, id);
    undoable(t("record.deleted", { name: title }), () => {
      void attempt(() => restoreRecord(form.app, form.key, id)).then(async () => {
        await recordsChanged(form.app, form.key, id);
        toast(t("record.restored"), { kind: "success" });
      });
    });
  };
  const begin = async (key: string, label: string) => {
    const done = await attempt(() =>
      api.post(`/api/apps/${form.app}/flows/${key}/runs`, { record: id }),
    );
    if (done !== undefined) toast(t("record.started", { flow: label }), { kind: "success" });
    await recordsChanged(form.app, form.key, id);
  };
  const running = !!flow && flow.state !== "done" && flow.state !== "cancelled";
  const startable = running ? [] : (form.flows ?? []).filter((one) => startsByHand(one.start));
  const items: MenuEntry[] = [
    {
      key: "copy",
      label: t("record.copyLink"),
      icon: "link",
      run: () =>
        void attempt(() =>
          copyText(`${window.location.origin}/apps/${form.app}/${form.key}/${id}`).then(() =>
            toast(t("record.linkCopied")),
          ),
        ),
    },
  ];
  if (form.rights.delete && record.rights?.delete !== false)
    items.push("line", {
      key: "delete",
      label: t("common.delete"),
      icon: "trash",
      danger: true,
      run: () => void remove(),
    });

  const shownRelated = related.filter((_, index) => (counts[index]?.data?.count?.value ?? 0) > 0);
  const emptyRelated = related.filter((one) => !shownRelated.includes(one));
  const addable = (one: RelatedForm) =>
    info?.forms.find((each) => each.key === one.form)?.rights.create;
  const add = (one: RelatedForm) =>
    fill({
      app: form.app,
      form: one.form,
      values: { [one.link]: { id, label: title } },
      onSaved: () => void recordsChanged(form.app, one.form),
    });
  const tabs = [
    { key: "details", label: t("record.details") },
    ...shownRelated.map((one) => {
      const count = counts[related.indexOf(one)]?.data?.count;
      return {
        key: `${one.form}/${one.link}`,
        label: one.label,
        count: count ? `${number(count.value)}${count.capped ? "+" : ""}` : null,
      };
    }),
    ...(!page && form.page?.timeline !== false
      ? [{ key: "timeline", label: t("record.timeline") }]
      : []),
  ];
  const current = tabs.some((one) => one.key === tab) ? tab : "details";
  const open = shownRelated.find((one) => `${one.form}/${one.link}` === current);
  const control = (field: FieldInfo) => (
    <FieldValue
      key={`${id}-${field.key}`}
      app={form.app}
      field={field}
      record={record}
      editable={mayChange && mayEdit(field) && !outcome.readOnly.has(field.key)}
      onSave={(which, value: Value) => save(record, which, value)}
    />
  );
  const body = (
    <div
      className="record-main"
      role="tabpanel"
      id={`record-panel-${id}`}
      aria-label={tabs.find((one) => one.key === current)?.label}
    >
      {current === "details" ? (
        <>
          <FieldGrid form={form} fields={visible} render={control} />
          {record.created_at && (
            <p className="meta record-meta">
              {t("record.meta", {
                person: record.created_by?.name ?? t("record.system"),
                at: moment(record.created_at),
              })}
            </p>
          )}
        </>
      ) : open ? (
        <>
          {addable(open) && (
            <div className="related-head">
              <Button icon="add" size="small" onClick={() => add(open)}>
                {t("record.addRelated", { form: open.label })}
              </Button>
            </div>
          )}
          <Related form={form} id={id} related={open} />
        </>
      ) : (
        <Timeline form={form} id={id} />
      )}
    </div>
  );
  return (
    <div className={page ? "record is-page" : "record"} ref={root}>
      <header className="record-head">
        <div className="record-bar">
          {lead}
          <h1 className="grow ellipsis" title={title}>
            {title}
          </h1>
          {startable.map((one) => (
            <Button key={one.key} icon="flow" onClick={() => void begin(one.key, one.label)}>
              {t("record.start", { flow: one.label })}
            </Button>
          ))}
          <Menu items={items} placement="bottomRight">
            <IconButton icon="more" label={t("common.more")} aria-haspopup="menu" noTooltip />
          </Menu>
          {tools}
        </div>
        {header.length > 0 && (
          <dl className="record-facts">
            {header.map((field) => {
              const { View } = widget(field);
              const value = record[field.key] as Value;
              return (
                <div key={field.key}>
                  <dt>{field.label}</dt>
                  <dd className={isEmpty(value) ? "muted" : undefined}>
                    <View field={field} value={value} app={form.app} />
                  </dd>
                </div>
              );
            })}
          </dl>
        )}
        {flow && (
          <FlowBanner form={form} id={id} flow={flow} starter={record.created_by?.id ?? null} />
        )}
        <Tabs
          label={t("record.sections")}
          tabs={tabs}
          current={current}
          onChange={setTab}
          panel={`record-panel-${id}`}
          extra={
            <span className="record-add">
              {emptyRelated.filter(addable).map((one) => (
                <Button
                  key={`${one.form}/${one.link}`}
                  kind="text"
                  size="small"
                  icon="add"
                  onClick={() => add(one)}
                >
                  {one.label}
                </Button>
              ))}
            </span>
          }
        />
      </header>
      {page ? (
        <div className="record-columns">
          {body}
          {form.page?.timeline !== false && (
            <aside className="record-side" aria-label={t("record.timeline")}>
              <h2>{t("record.timeline")}</h2>
              <Timeline form={form} id={id} />
            </aside>
          )}
        </div>
      ) : (
        body
      )}
      {dialog}
    </div>
  );
}

function startsByHand(start: unknown): boolean {
  if (start === "manual") return true;
  return (
    typeof start === "object" && start !== null && (start as { event?: unknown }).event === "manual"
  );
}
