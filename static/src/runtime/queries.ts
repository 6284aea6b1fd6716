/** The runtime's questions to the server that several pages ask. */
import { useQuery } from "@tanstack/react-query";

import { api, getViewAs } from "@/shared/api";
import { setCurrency, setTimezone } from "@/shared/format";
import { language } from "@/shared/i18n";
import { queryClient } from "@/shared/queries";
import type { AppInfo, FormInfo, FormRights, RecordData } from "@/shared/types";

export interface AppTile {
  key: string;
  label: string;
  icon?: string | null;
  release: number | null;
  rights: { design: boolean; enter?: boolean };
}

export const keys = {
  apps: ["apps"] as const,
  app: (app: string) => ["app", app] as const,
  form: (app: string, form: string) => ["form", app, form] as const,
  records: (app: string, form: string) => ["records", app, form] as const,
  record: (app: string, form: string, id: number) => ["record", app, form, id] as const,
  assignments: ["assignments"] as const,
  notifications: ["notifications"] as const,
};

export function useApps() {
  return useQuery({
    queryKey: keys.apps,
    queryFn: async ({ signal }) =>
      (await api.get<{ apps: AppTile[] }>("/api/apps", { signal })).apps,
  });
}

/** Whoever looks as somebody else only looks. */
function seenOnly<F extends { rights: FormRights }>(form: F): F {
  return {
    ...form,
    rights: { ...form.rights, create: false, edit: false, delete: false, import: false },
  };
}

/** The application; its time zone and currency are those of all figures from then on. */
export function useApp(app: string | null) {
  return useQuery({
    queryKey: keys.app(app ?? ""),
    queryFn: async ({ signal }) => {
      const info = await api.get<AppInfo>(`/api/apps/${app}`, { signal });
      setTimezone(info.timezone);
      setCurrency(info.currency);
      return getViewAs() === null ? info : { ...info, forms: info.forms.map(seenOnly) };
    },
    enabled: !!app,
  });
}

export function useForm(app: string, form: string | null) {
  return useQuery({
    queryKey: keys.form(app, form ?? ""),
    queryFn: async ({ signal }) => {
      const info = await api.get<FormInfo>(`/api/apps/${app}/forms/${form}`, { signal });
      return getViewAs() === null ? info : seenOnly(info);
    },
    enabled: !!form,
    staleTime: 60_000,
  });
}

export function useRecord(app: string, form: string, id: number | null) {
  return useQuery({
    queryKey: keys.record(app, form, id ?? 0),
    queryFn: ({ signal }) =>
      api.get<RecordData>(`/api/apps/${app}/records/${form}/${id}`, { signal }),
    enabled: id !== null,
  });
}

/** After a write: lists, the record, its history and the figures over it are asked again. */
export async function recordsChanged(app: string, form: string, id?: number): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: keys.records(app, form) }),
    queryClient.invalidateQueries({ queryKey: ["related", app] }),
    queryClient.invalidateQueries({ queryKey: ["report", app] }),
    queryClient.invalidateQueries({ queryKey: ["timeline", app, form] }),
    queryClient.invalidateQueries({ queryKey: ["found", "records", app, form] }),
    id === undefined
      ? queryClient.invalidateQueries({ queryKey: ["record", app, form] })
      : queryClient.invalidateQueries({ queryKey: keys.record(app, form, id) }),
  ]);
}

/** What the person did last, so that the next visit goes on there. */
const LAST = "mortise.last";

export interface LastPage {
  path: string;
  app: string;
  label: string;
}

export function rememberPage(page: LastPage): void {
  localStorage.setItem(LAST, JSON.stringify(page));
  localStorage.setItem(`${LAST}.${page.app}`, page.path);
}

export function lastPage(app?: string): LastPage | null {
  try {
    if (app) {
      const path = localStorage.getItem(`${LAST}.${app}`);
      return path ? { path, app, label: "" } : null;
    }
    return JSON.parse(localStorage.getItem(LAST) ?? "null") as LastPage | null;
  } catch {
    return null;
  }
}

export const listSeparator = language === "en" ? ", " : "、";
