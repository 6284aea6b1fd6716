/** The records behind a number, in a drawer. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { moment } from "@/shared/format";
import type { Json, RecordList } from "@/shared/types";
import { Drawer } from "@/shared/ui/Drawer";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { IconButton } from "@/shared/ui/Button";

import type { Report } from "../core/report";
import { useSession, words } from "../session";
import { t } from "../texts";
import "./drill.css";

interface Props {
  report: Report;
  /** The dimension values of the clicked point; null for all records of the report. */
  cell: Json | null;
  onClose: () => void;
}

export function Drill({ report, cell, onClose }: Props) {
  const { app } = useSession();
  const name = words(report.label, report.key);
  const records = useQuery({
    queryKey: ["drill", app, report.key, JSON.stringify(report), JSON.stringify(cell)],
    queryFn: () =>
      api.post<RecordList>(`/api/apps/${app}/reports/preview/records`, { report, cell }),
    retry: false,
  });
  return (
    <Drawer open onClose={onClose} label={t("report.recordsTitle", { name })} width={520}>
      <div className="drawer-head">
        <h2 className="grow">{t("report.recordsTitle", { name })}</h2>
        <IconButton icon="close" label={t("common.close")} onClick={onClose} />
      </div>
      <div className="drawer-body">
        {records.isPending && <Skeleton lines={6} />}
        {records.isError && <Failure error={records.error} />}
        {records.data?.records.length === 0 && <p className="muted">{t("report.noRecords")}</p>}
        <ul className="drill-list">
          {records.data?.records.map((record) => (
            <li key={record.id}>
              <a href={`/apps/${app}/${report.form}/${record.id}`} target="_blank" rel="noreferrer">
                {record.label ?? record.id}
              </a>
              <span className="meta">{moment(record.updated_at)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Drawer>
  );
}
