/** The person and the linked records that a form's formulas read. */
import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";

import { api } from "@/shared/api";
import type { FormInfo, RecordData, Value } from "@/shared/types";
import { asLink, textOption } from "@/widgets/values";

import { keys } from "../queries";
import { usePerson } from "../session";
import { type Around, linkPaths, type Values } from "./live";

export function useAround(form: FormInfo, values: Values): Around {
  const person = usePerson();
  const paths = useMemo(() => linkPaths(form), [form]);
  const wanted = [...new Set(paths.map((path) => path[0] ?? ""))].flatMap((key) => {
    const field = form.fields.find((one) => one.key === key);
    const other = field && textOption(field, "form");
    const id = asLink(values[key])?.id;
    return other && id !== undefined ? [{ key, other, id }] : [];
  });
  const answers = useQueries({
    queries: wanted.map(({ other, id }) => ({
      queryKey: keys.record(form.app, other, id),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<RecordData>(`/api/apps/${form.app}/records/${other}/${id}`, { signal }),
      retry: false,
    })),
  });
  const linked = JSON.stringify(answers.map((answer) => answer.data ?? null));
  return useMemo(() => {
    const links: Record<string, Value> = {};
    const records = JSON.parse(linked) as (RecordData | null)[];
    const byKey = new Map(wanted.map((one, index) => [one.key, records[index]]));
    for (const path of paths) {
      const record = byKey.get(path[0] ?? "");
      if (record && path.length === 2) links[path.join(".")] = record[path[1] ?? ""] as Value;
    }
    return { person, links };
    // `wanted` changes with every render; what it leads to is in `linked`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [linked, paths, person]);
}
