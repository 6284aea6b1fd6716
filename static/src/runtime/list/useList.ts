/** A list's state lives in the address; its pages come by keyset, one after another. */
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api } from "@/shared/api";
import { type Clause, formula, read } from "@/shared/filter";
import { useParameter } from "@/shared/router";
import type { FieldInfo, RecordData, RecordList } from "@/shared/types";

import { keys } from "../queries";

const PAGE = 100;

export interface ListQuery {
  app: string;
  form: string;
  view: string | null;
  filter: string | null;
  search: string | null;
  sort: string | null;
}

/** The formula that is met where all of these are; `null` where there is none. */
export function allOf(...filters: readonly (string | null | undefined)[]): string | null {
  const given = filters.filter(Boolean) as string[];
  return given.length > 1 ? given.map((one) => `(${one})`).join(" and ") : (given[0] ?? null);
}

export function listParameters(query: ListQuery): Record<string, string | number | null> {
  return { view: query.view, filter: query.filter, search: query.search, sort: query.sort };
}

export function useRecords(query: ListQuery, on: boolean = true, limit: number = PAGE) {
  const answer = useInfiniteQuery({
    queryKey: [
      ...keys.records(query.app, query.form),
      query.view,
      query.filter,
      query.search,
      query.sort,
      limit,
    ],
    queryFn: ({ pageParam, signal }) =>
      api.get<RecordList>(`/api/apps/${query.app}/records/${query.form}`, {
        query: { ...listParameters(query), limit, after: pageParam, count: pageParam === null },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled: on,
  });
  const records = useMemo(() => {
    const seen = new Set<number>();
    const result: RecordData[] = [];
    // A record that moved between two pages while scrolling must not stand twice.
    for (const page of answer.data?.pages ?? []) {
      for (const record of page.records) {
        if (!seen.has(record.id)) {
          seen.add(record.id);
          result.push(record);
        }
      }
    }
    return result;
  }, [answer.data]);
  return { ...answer, records, count: answer.data?.pages[0]?.count };
}

/** The filter in the address as clauses, and the way to write it. */
export function useFilter(fields: ReadonlyMap<string, FieldInfo>) {
  const [text, setText] = useParameter("filter");
  const clauses = useMemo(() => read(text), [text]);
  return {
    text,
    clauses,
    set: (next: readonly Clause[]) => setText(formula(next, fields) || null),
  };
}
