/** A dashboard and its reports as the server tells them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import type { ReportResult } from "@/shared/charts/result";
import type { FieldInfo, Json, RecordList } from "@/shared/types";

export interface DashboardFilter {
  field: string;
  label: string;
  type: string;
  widget?: string;
  value_type?: string;
  options?: Record<string, Json>;
  default?: string | null;
  /** Forms whose reports it concerns. */
  forms?: string[];
}

export interface DashboardWidget {
  report: string;
  label: string;
  type: string;
  form?: string;
  at: [number, number, number, number];
}

export interface Dashboard {
  key: string;
  label: string;
  filters: DashboardFilter[];
  refresh: number;
  widgets: DashboardWidget[];
}

export function useDashboard(app: string, key: string) {
  return useQuery({
    queryKey: ["dashboard", app, key],
    queryFn: ({ signal }) => api.get<Dashboard>(`/api/apps/${app}/dashboards/${key}`, { signal }),
  });
}

export function useReport(app: string, report: string, filter: string | null, refresh: number) {
  return useQuery({
    queryKey: ["report", app, report, filter],
    queryFn: ({ signal }) =>
      api.get<ReportResult & { form?: string }>(`/api/apps/${app}/reports/${report}`, {
        query: { filter },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: refresh > 0 ? Math.max(10, refresh) * 1000 : false,
  });
}

export function reportRecords(
  app: string,
  report: string,
  cell: Json | null,
  filter: string | null,
  after: string | null,
) {
  return api.get<RecordList & { form?: string }>(`/api/apps/${app}/reports/${report}/records`, {
    query: {
      cell: cell === null ? null : JSON.stringify(cell),
      filter,
      after,
      limit: 50,
      count: after === null,
    },
  });
}

const VALUE_TYPES: Record<string, string> = {
  choice: "text",
  choices: "list",
  money: "number",
  check: "boolean",
  long_text: "text",
  email: "text",
  phone: "text",
  serial: "text",
};

/** A filter seen as a field, so that the list's conditions serve here too. */
export function filterField(filter: DashboardFilter): FieldInfo {
  return {
    key: filter.field,
    label: filter.label,
    type: filter.type,
    widget: filter.widget ?? filter.type,
    value_type: filter.value_type ?? VALUE_TYPES[filter.type] ?? filter.type,
    required: false,
    right: "see",
    options: filter.options ?? {},
  };
}
