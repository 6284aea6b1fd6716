/** People and departments as the server tells them. */
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { queryClient } from "@/shared/queries";
import type { Person, PersonRef } from "@/shared/types";

export interface Member extends Person {
  positions?: string[];
  can_sign_in?: boolean;
}

export interface Department {
  id: number;
  key: string;
  name: string;
  parent: number | null;
  head: PersonRef | null;
  people?: number;
}

export const SYSTEM_ROLES = [
  "platform_administrator",
  "application_designer",
  "operator",
  "auditor",
] as const;

export function useDepartments() {
  return useQuery({
    queryKey: ["people", "departments"],
    queryFn: async ({ signal }) =>
      (await api.get<{ departments: Department[] }>("/api/departments", { signal })).departments,
  });
}

export function usePeople(search: string, department: number | null, inactive: boolean) {
  return useInfiniteQuery({
    queryKey: ["people", "list", search, department, inactive],
    queryFn: ({ pageParam, signal }) =>
      api.get<{ people: Member[]; next: string | null }>("/api/people", {
        query: { search, department, active: inactive ? null : true, limit: 100, after: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export async function peopleChanged(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ["people"] }),
    queryClient.invalidateQueries({ queryKey: ["found"] }),
  ]);
}

export interface Branch extends Department {
  below: Branch[];
}

/** Departments as a tree, in the order of their names. */
export function tree(departments: readonly Department[], parent: number | null = null): Branch[] {
  const known = new Set(departments.map((one) => one.id));
  return departments
    .filter((one) =>
      parent === null ? one.parent === null || !known.has(one.parent) : one.parent === parent,
    )
    .sort((a, b) => a.name.localeCompare(b.name, "zh-CN"))
    .map((one) => ({ ...one, below: tree(departments, one.id) }));
}
