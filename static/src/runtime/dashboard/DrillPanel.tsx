/** The records behind a number. */
import { useInfiniteQuery } from "@tanstack/react-query";

import { number } from "@/shared/format";
import { useShortcut } from "@/shared/keyboard";
import { Link } from "@/shared/router";
import type { Json, Value } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/dashboard";
import { alignment } from "@/widgets/align";
import { widget } from "@/widgets/registry";

import { usualColumns } from "../list/columns";
import { useForm } from "../queries";
import { reportRecords } from "./data";

interface Props {
  app: string;
  report: string;
  label: string;
  form: string | null;
  cell: Json | null;
  filter: string | null;
  onClose: () => void;
}

export function DrillPanel({ app, report, label, form: known, cell, filter, onClose }: Props) {
  useShortcut("escape", onClose);
  const list = useInfiniteQuery({
    queryKey: ["report", app, report, "records", JSON.stringify(cell), filter],
    queryFn: ({ pageParam }) => reportRecords(app, report, cell, filter, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const key = list.data?.pages[0]?.form ?? known;
  const form = useForm(app, key);
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  const count = list.data?.pages[0]?.count;
  const columns = form.data
    ? usualColumns(
        form.data,
        Object.values(form.data.views).find((view) => view.type === "table") ?? null,
      )
        .flatMap((one) => form.data.fields.find((field) => field.key === one) ?? [])
        .slice(0, 6)
    : [];
  const title = t("dashboard.records", { report: label });
  return (
    <aside className="record-drawer drill-panel" style={{ width: 720 }} aria-label={title}>
      <header className="drawer-head">
        <h1 className="ellipsis">{title}</h1>
        {count && (
          <span className="meta">
            {t("dashboard.total", { n: `${number(count.value)}${count.capped ? "+" : ""}` })}
          </span>
        )}
        <span className="grow" />
        <IconButton icon="close" label={t("common.close")} shortcut="Esc" onClick={onClose} />
      </header>
      <div className="drill-body">
        {list.isPending || (key && form.isPending) ? (
          <Skeleton lines={8} height={20} />
        ) : list.isError ? (
          <Failure error={list.error} onRetry={() => void list.refetch()} />
        ) : records.length === 0 ? (
          <Empty icon="table" title={t("dashboard.noRecords")} />
        ) : (
          <div className="related">
            <table>
              <thead>
                <tr>
                  {columns.map((field) => (
                    <th key={field.key} scope="col" className={`is-${alignment(field)}`}>
                      {field.label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {records.map((record) => (
                  <tr key={record.id}>
                    {columns.map((field, index) => {
                      const { View } = widget(field);
                      const value = record[field.key] as Value;
                      return (
                        <td key={field.key} className={`is-${alignment(field)}`}>
                          {index === 0 ? (
                            <Link href={`/apps/${app}/${key}/${record.id}`}>
                              {widget(field).text(value, field) ||
                                record.label ||
                                t("dashboard.untitled")}
                            </Link>
                          ) : (
                            <View field={field} value={value} app={app} compact />
                          )}
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {list.hasNextPage && (
          <Button
            kind="text"
            block
            busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {t("common.more")}
          </Button>
        )}
      </div>
    </aside>
  );
}
