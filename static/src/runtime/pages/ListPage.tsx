/** Find, filter, edit, batch, export: the records of one form. */
import "../list/list.css";

import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";

import { useShortcut } from "@/shared/keyboard";
import { queryClient } from "@/shared/queries";
import { useLocation, useParameter } from "@/shared/router";
import type { FormInfo, RecordData, View } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Failure } from "@/shared/ui/Problems";
import { PageSkeleton, Skeleton } from "@/shared/ui/Skeleton";
import { Tabs } from "@/shared/ui/Tabs";
import { toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/list";

import { BatchBar } from "../list/BatchBar";
import { Cards } from "../list/Cards";
import { ColumnChooser } from "../list/ColumnChooser";
import { useColumns } from "../list/columns";
import { Filters } from "../list/Filters";
import { Grid } from "../list/Grid";
import { ListEmpty } from "../list/ListEmpty";
import { ListHead } from "../list/ListHead";
import { ListSearch } from "../list/ListSearch";
import { savedViewKey, useSavedViews } from "../list/savedViews";
import { SaveView } from "../list/SaveView";
import { allOf, type ListQuery, useFilter, useRecords } from "../list/useList";
import { referenceKind, rememberName } from "../list/words";
import { usePhone } from "../media";
import { keys, rememberPage, useForm } from "../queries";
import { useSave } from "../record/useSave";
import { useShell } from "../shell/context";
import { useTitle } from "../title";

const Kanban = lazy(() => import("../list/Kanban"));
const RecordDrawer = lazy(() => import("../record/RecordDrawer"));

export default function ListPage({ app, form: key }: { app: string; form: string }) {
  const form = useForm(app, key);
  if (form.isPending) return <PageSkeleton />;
  if (form.isError) return <Failure error={form.error} onRetry={() => void form.refetch()} />;
  return <List form={form.data} />;
}

function List({ form }: { form: FormInfo }) {
  const { app: info, fill } = useShell();
  const [, navigate] = useLocation();
  const phone = usePhone();
  const views = useMemo(() => Object.entries(form.views), [form.views]);
  const [viewParameter, setView] = useParameter("view");
  const [search, setSearch] = useParameter("search");
  const [sort, setSort] = useParameter("sort");
  const [opened, setOpened] = useParameter("record");
  const saved = useSavedViews(form);
  const savedView = saved.list.find((one) => savedViewKey(one) === viewParameter) ?? null;
  const viewKey = savedView
    ? null
    : views.some(([one]) => one === viewParameter)
      ? viewParameter
      : (views[0]?.[0] ?? null);
  const view: View | null = viewKey ? (form.views[viewKey] ?? null) : null;
  const columnSet = useColumns(
    form,
    savedView ? savedViewKey(savedView) : (viewKey ?? "all"),
    savedView?.columns
      ? { type: "table", label: savedView.label, columns: savedView.columns }
      : view,
  );
  const columnKeys = columnSet.columns.map((column) => column.field.key);
  const filter = useFilter(columnSet.fields);
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const [naming, setNaming] = useState(false);
  const searchRef = useRef<HTMLDivElement>(null);
  const { save, dialog } = useSave(form);
  const kanban = view?.type === "kanban";
  useTitle(form.label, info?.label);
  useEffect(() => {
    rememberPage({ path: `/apps/${form.app}/${form.key}`, app: form.app, label: form.label });
  }, [form.app, form.key, form.label]);

  const query: ListQuery = {
    app: form.app,
    form: form.key,
    view: viewKey,
    filter: allOf(savedView?.filter, filter.text),
    search,
    sort: sort ?? savedView?.sort ?? null,
  };
  const list = useRecords(query, !kanban);
  const { records, count, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const chosen = records.filter((record) => selected.has(record.id));
  const signature = JSON.stringify(query);
  useEffect(() => setSelected(new Set()), [signature]);

  // Names seen in the list serve the chips of filters by person or link.
  useEffect(() => {
    for (const record of records.slice(0, 100)) {
      for (const field of form.fields) {
        const kind = referenceKind(field);
        const value = record[field.key] as { id?: number; label?: string; name?: string } | null;
        if (kind && value?.id !== undefined)
          rememberName(kind, value.id, value.label ?? value.name ?? "");
      }
    }
  }, [records, form.fields]);

  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);

  const create = useCallback(
    (values?: Record<string, never>) => fill({ app: form.app, form: form.key, values }),
    [fill, form.app, form.key],
  );
  const open = (record: RecordData) => {
    if (phone) navigate(`/apps/${form.app}/${form.key}/${record.id}`);
    else setOpened(String(record.id));
  };
  useShortcut("n", () => create(), form.rights.create);
  useShortcut("/", () => searchRef.current?.querySelector("input")?.focus());

  const openedId = opened ? Number(opened) : null;
  const openedAt = records.findIndex((record) => record.id === openedId);
  const filtered = filter.clauses.length > 0 || !!search;
  const activeSort = query.sort ?? view?.sort?.[0] ?? null;

  const tabs = [
    ...views.map(([one, each]) => ({ key: one, label: each.label })),
    ...saved.list.map((one) => ({ key: savedViewKey(one), label: one.label })),
  ];

  const body = () => {
    if (kanban && view) {
      return (
        <Suspense fallback={<Skeleton lines={6} height={32} />}>
          <Kanban
            form={form}
            view={view}
            query={query}
            onOpen={open}
            onNew={(values) => fill({ app: form.app, form: form.key, values })}
            onSave={save}
          />
        </Suspense>
      );
    }
    if (list.isPending)
      return (
        <div className="list-wait">
          <Skeleton lines={12} height={20} gap={16} />
        </div>
      );
    if (list.isError) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
    if (records.length === 0)
      return (
        <ListEmpty
          form={form}
          filtered={filtered}
          onClearFilter={() => {
            setSearch(null);
            filter.set([]);
          }}
          onCreate={() => create()}
        />
      );
    if (phone) {
      return (
        <Cards
          app={form.app}
          label={t("list.grid", { form: form.label })}
          columns={columnSet.columns}
          records={records}
          onOpen={open}
          more={hasNextPage}
          onMore={more}
        />
      );
    }
    return (
      <Grid
        app={form.app}
        label={t("list.grid", { form: form.label })}
        currency={info?.currency ?? null}
        columns={columnSet.columns}
        records={records}
        total={count && !count.capped ? count.value : null}
        sort={activeSort}
        onSort={(field) =>
          setSort(activeSort === field ? `-${field}` : activeSort === `-${field}` ? null : field)
        }
        onResize={columnSet.resize}
        selected={selected}
        onSelect={setSelected}
        onOpen={open}
        opened={openedId}
        onSave={save}
        editable={form.rights.edit}
        more={hasNextPage}
        onMore={more}
        busy={list.isFetching || list.isPlaceholderData}
        stale={list.isPlaceholderData && list.fetchStatus === "paused"}
      />
    );
  };

  return (
    <div className="list-page">
      <ListHead
        form={form}
        phone={phone}
        count={kanban ? undefined : count}
        query={query}
        columns={columnKeys}
        savedView={savedView}
        onRemoveView={(gone) => void saved.remove(gone).then(() => setView(null))}
        onCreate={() => create()}
      />
      {tabs.length > 1 && (
        <div className="list-tabs">
          <Tabs
            label={t("list.views")}
            tabs={tabs}
            current={savedView ? savedViewKey(savedView) : (viewKey ?? "")}
            onChange={(next) => {
              if (sort) setSort(null);
              setView(next);
            }}
          />
        </div>
      )}
      <div className="list-tools">
        <div className="list-search" ref={searchRef}>
          <ListSearch
            key={form.key}
            label={t("list.search", { form: form.label })}
            value={search ?? ""}
            onChange={setSearch}
          />
        </div>
        <Filters
          app={form.app}
          fields={columnSet.fields}
          clauses={filter.clauses}
          onChange={filter.set}
        />
        <span className="grow" />
        {(filter.clauses.length > 0 || sort || columnSet.changed) && !savedView && !kanban && (
          <Button kind="text" icon="save" onClick={() => setNaming(true)}>
            {t("list.saveView")}
          </Button>
        )}
        {!kanban && !phone && (
          <ColumnChooser
            fields={columnSet.fields}
            shown={columnKeys}
            changed={columnSet.changed}
            onShow={columnSet.show}
            onReset={columnSet.reset}
          />
        )}
        <IconButton
          icon="refresh"
          label={t("list.refresh")}
          busy={list.isRefetching && !isFetchingNextPage}
          onClick={() =>
            void queryClient.invalidateQueries({ queryKey: keys.records(form.app, form.key) })
          }
        />
      </div>
      {chosen.length > 0 && (
        <BatchBar form={form} records={chosen} onDone={() => setSelected(new Set())} />
      )}
      <div className="list-body">{body()}</div>
      {dialog}
      {naming && (
        <SaveView
          onClose={() => setNaming(false)}
          onSave={async (label) => {
            const made = await saved.add({
              label,
              // What the view underneath shows stays so.
              filter: allOf(view?.where, query.filter),
              sort: query.sort ?? view?.sort?.[0] ?? null,
              columns: columnKeys,
            });
            setNaming(false);
            if (made) {
              toast(t("list.viewSaved", { name: label }), { kind: "success" });
              navigate(`/apps/${form.app}/${form.key}?view=${savedViewKey(made)}`);
            }
          }}
        />
      )}
      <Suspense fallback={null}>
        {openedId !== null && !phone && (
          <RecordDrawer
            form={form}
            id={openedId}
            previous={openedAt > 0 ? (records[openedAt - 1]?.id ?? null) : null}
            next={openedAt >= 0 ? (records[openedAt + 1]?.id ?? null) : null}
            onGo={(id) => setOpened(String(id))}
            onClose={() => setOpened(null)}
          />
        )}
      </Suspense>
    </div>
  );
}
