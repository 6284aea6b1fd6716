/** The views a person has saved for himself over one form. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { queryClient } from "@/shared/queries";
import type { FormInfo } from "@/shared/types";
import { attempt } from "@/shared/ui/toast";

export interface SavedView {
  id: number;
  label: string;
  filter: string | null;
  sort: string | null;
  columns: string[] | null;
}

/** How the address names a saved view; a designed view is named by its key. */
export function savedViewKey(view: SavedView): string {
  return `saved-${view.id}`;
}

export function useSavedViews(form: FormInfo) {
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
