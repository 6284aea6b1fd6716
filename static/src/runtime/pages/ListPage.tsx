/** Find, filter, edit, batch, export: the records of one form. */
import "../list/list.css";

import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";

import { api } from "@/shared/api";
import { number } from "@/shared/format";
import { useShortcut } from "@/shared/keyboard";
import { queryClient } from "@/shared/queries";
import { useLocation, useParameter } from "@/shared/router";
import type { FormInfo, RecordData, View } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Field } from "@/shared/ui/Field";
import { Input, SearchInput } from "@/shared/ui/Input";
import { Menu, type MenuEntry } from "@/shared/ui/Menu";
import { Modal } from "@/shared/ui/Modal";
import { Failure } from "@/shared/ui/Problems";
import { PageSkeleton, Skeleton } from "@/shared/ui/Skeleton";
import { Tabs } from "@/shared/ui/Tabs";
import { attempt, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/list";

import { BatchBar } from "../list/BatchBar";
import { Cards } from "../list/Cards";
import { ColumnChooser } from "../list/ColumnChooser";
import { useColumns } from "../list/columns";
import { exportList } from "../list/exporting";
import { Filters } from "../list/Filters";
import { Grid } from "../list/Grid";
import { type ListQuery, useFilter, useRecords } from "../list/useList";
import { referenceKind, rememberName } from "../list/words";
import { usePhone } from "../media";
import { rememberPage, useForm } from "../queries";
import { useSave } from "../record/useSave";
import { useShell } from "../shell/context";
import { useTitle } from "../title";

const Kanban = lazy(() => import("../list/Kanban"));
const RecordDrawer = lazy(() => import("../record/RecordDrawer"));

interface SavedView {
  id: number;
  label: string;
  filter: string | null;
  sort: string | null;
  columns: string[] | null;
}

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
  const savedView = saved.list.find((one) => `saved-${one.id}` === viewParameter) ?? null;
  const viewKey = savedView
    ? null
    : views.some(([one]) => one === viewParameter)
      ? viewParameter
      : (views[0]?.[0] ?? null);
  const view: View | null = viewKey ? (form.views[viewKey] ?? null) : null;
  const columnSet = useColumns(
    form,
    savedView ? `saved-${savedView.id}` : (viewKey ?? "all"),
    savedView?.columns
      ? { type: "table", label: savedView.label, columns: savedView.columns }
      : view,
  );
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

  const joined = [savedView?.filter, filter.text].filter(Boolean).map((text) => `(${text})`);
  const query: ListQuery = {
    app: form.app,
    form: form.key,
    view: viewKey,
    filter: joined.length > 1 ? joined.join(" and ") : (savedView?.filter ?? filter.text),
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
    ...saved.list.map((one) => ({ key: `saved-${one.id}`, label: one.label })),
  ];
  const moreItems: MenuEntry[] = [];
  if (form.rights.import)
    moreItems.push({
      key: "import",
      label: t("list.import"),
      icon: "import",
      run: () => navigate(`/apps/${form.app}/${form.key}/import`),
    });
  if (form.rights.export) {
    const columns = columnSet.columns.map((column) => column.field.key);
    moreItems.push(
      {
        key: "xlsx",
        label: t("list.exportXlsx"),
        icon: "export",
        run: () => void exportList(query, "xlsx", form.label, columns),
      },
      {
        key: "csv",
        label: t("list.exportCsv"),
        icon: "export",
        run: () => void exportList(query, "csv", form.label, columns),
      },
    );
  }
  if (form.public_url) {
    const url = new URL(form.public_url, window.location.origin).href;
    moreItems.push({
      key: "public",
      label: t("list.publicForm"),
      icon: "link",
      run: () => void navigator.clipboard.writeText(url).then(() => toast(t("common.copied"))),
    });
  }
  if (savedView)
    moreItems.push("line", {
      key: "delete-view",
      label: t("list.deleteView", { name: savedView.label }),
      icon: "trash",
      run: () => void saved.remove(savedView).then(() => setView(null)),
    });

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
    if (records.length === 0) {
      return filtered ? (
        <Empty
          icon="search"
          title={t("list.emptyFiltered")}
          actions={
            <Button
              onClick={() => {
                setSearch(null);
                filter.set([]);
              }}
            >
              {t("list.clearFilter")}
            </Button>
          }
        />
      ) : (
        <Empty
          icon="form"
          title={t("list.empty", { form: form.label })}
          text={form.rights.create || form.rights.import ? t("list.emptyText") : undefined}
          actions={
            <>
              {form.rights.create && (
                <Button kind="primary" icon="add" onClick={() => create()}>
                  {t("list.new", { form: form.label })}
                </Button>
              )}
              {form.rights.import && (
                <Button
                  icon="import"
                  onClick={() => navigate(`/apps/${form.app}/${form.key}/import`)}
                >
                  {t("list.import")}
                </Button>
              )}
            </>
          }
        />
      );
    }
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
        busy={list.isFetching}
      />
    );
  };

  return (
    <div className="list-page">
      <header className="list-head">
        {phone && (
          <IconButton
            icon="chevron-left"
            iconSize={20}
            label={t("list.backToApp")}
            onClick={() => navigate(`/apps/${form.app}?navigation=1`)}
            noTooltip
          />
        )}
        <h1 className="ellipsis">{form.label}</h1>
        {count && !kanban && (
          <span className="meta" role="status">
            {t(count.capped ? "list.countCapped" : "list.count", { n: number(count.value) })}
          </span>
        )}
        <span className="grow" />
        {form.rights.create && (
          <Button kind="primary" icon="add" onClick={() => create()}>
            {t("list.new", { form: form.label })}
          </Button>
        )}
        {form.rights.import && !phone && (
          <Button icon="import" onClick={() => navigate(`/apps/${form.app}/${form.key}/import`)}>
            {t("list.import")}
          </Button>
        )}
        {moreItems.length > 0 && (
          <Menu
            items={
              phone
                ? moreItems
                : moreItems.filter(
                    (item) => item === "line" || !("key" in item) || item.key !== "import",
                  )
            }
            placement="bottomRight"
          >
            <IconButton
              icon="more"
              label={t("common.more")}
              kind="plain"
              aria-haspopup="menu"
              noTooltip
            />
          </Menu>
        )}
      </header>
      {tabs.length > 1 && (
        <div className="list-tabs">
          <Tabs
            label={t("list.views")}
            tabs={tabs}
            current={savedView ? `saved-${savedView.id}` : (viewKey ?? "")}
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
            shown={columnSet.columns.map((column) => column.field.key)}
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
            void queryClient.invalidateQueries({ queryKey: ["records", form.app, form.key] })
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
              filter:
                [view?.where, query.filter]
                  .filter(Boolean)
                  .map((one) => `(${one})`)
                  .join(" and ") || null,
              sort: query.sort ?? view?.sort?.[0] ?? null,
              columns: columnSet.columns.map((column) => column.field.key),
            });
            setNaming(false);
            if (made) {
              toast(t("list.viewSaved", { name: label }), { kind: "success" });
              navigate(`/apps/${form.app}/${form.key}?view=saved-${made.id}`);
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

function ListSearch({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (value: string | null) => void;
}) {
  const [typed, setTyped] = useState(value);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => latest.current(typed || null), 250);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <SearchInput
      label={label}
      value={typed}
      onChange={setTyped}
      onKeyDown={(event) => {
        if (event.key === "Escape" && typed) {
          event.preventDefault();
          setTyped("");
        }
      }}
    />
  );
}

function SaveView({
  onSave,
  onClose,
}: {
  onSave: (label: string) => Promise<void>;
  onClose: () => void;
}) {
  const [label, setLabel] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await onSave(label.trim());
    setBusy(false);
  };
  return (
    <Modal
      open
      title={t("list.saveView")}
      onClose={onClose}
      action={{ label: t("common.save"), run: () => void run(), busy, disabled: !label.trim() }}
    >
      <Field label={t("list.viewName")} required>
        {({ id }) => (
          <Input
            id={id}
            value={label}
            autoFocus
            maxLength={40}
            onChange={setLabel}
            onPressEnter={() => label.trim() && void run()}
          />
        )}
      </Field>
    </Modal>
  );
}

function useSavedViews(form: FormInfo) {
  const path = `/api/apps/${form.app}/forms/${form.key}/views`;
  const key = ["views", form.app, form.key];
  const query = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => (await api.get<{ views: SavedView[] }>(path, { signal })).views,
    staleTime: 60_000,
    retry: false,
  });
  return {
    list: query.data ?? [],
    add: async (view: Omit<SavedView, "id">) => {
      const made = await attempt(() => api.post<SavedView>(path, view));
      if (made) queryClient.setQueryData<SavedView[]>(key, (old) => [...(old ?? []), made]);
      return made;
    },
    remove: async (view: SavedView) => {
      await attempt(() => api.delete(`${path}/${view.id}`));
      await queryClient.invalidateQueries({ queryKey: key });
    },
  };
}
