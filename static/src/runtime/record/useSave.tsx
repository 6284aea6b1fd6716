/** Saving one field of a record in place: shown at once, with both values when somebody was faster. */
import { type ReactNode, useState } from "react";

import { ApiError } from "@/shared/api";
import type { FieldInfo, FormInfo, RecordData, Value } from "@/shared/types";
import { failed } from "@/shared/ui/toast";

import { recordsChanged } from "../queries";
import { type Conflict, conflictOf, fieldOf, putRecord, updateRecord } from "../records";
import { ConflictDialog } from "./ConflictDialog";

interface Pending {
  conflict: Conflict;
  id: number;
  values: Record<string, Value>;
  resolve: (problem: string | null) => void;
}

export function useSave(form: FormInfo): {
  save: (record: RecordData, field: FieldInfo, value: Value) => Promise<string | null>;
  dialog: ReactNode;
} {
  const [pending, setPending] = useState<Pending | null>(null);

  const write = async (
    id: number,
    version: number,
    values: Record<string, Value>,
    before: RecordData | null,
  ): Promise<string | null> => {
    if (before) putRecord(form.app, form.key, { ...before, ...values });
    try {
      const saved = await updateRecord(form.app, form.key, id, version, values);
      putRecord(form.app, form.key, saved);
      void recordsChanged(form.app, form.key, id);
      return null;
    } catch (error) {
      const conflict = conflictOf(error, values);
      if (conflict) {
        if (before) putRecord(form.app, form.key, before);
        return await new Promise((resolve) => setPending({ conflict, id, values, resolve }));
      }
      if (before) putRecord(form.app, form.key, before);
      if (error instanceof ApiError && error.problems.length) {
        const own = error.problems.find((problem) => fieldOf(problem.path) in values);
        const message = (own ?? error.problems[0])?.message;
        if (own && message) return message;
      }
      failed(error);
      return null;
    }
  };

  const dialog = pending ? (
    <ConflictDialog
      conflict={pending.conflict}
      fields={form.fields}
      onMine={() => {
        setPending(null);
        void write(pending.id, pending.conflict.current.version, pending.values, null).then(
          pending.resolve,
        );
      }}
      onTheirs={() => {
        setPending(null);
        putRecord(form.app, form.key, pending.conflict.current);
        void recordsChanged(form.app, form.key, pending.id);
        pending.resolve(null);
      }}
      onClose={() => {
        setPending(null);
        putRecord(form.app, form.key, pending.conflict.current);
        pending.resolve(null);
      }}
    />
  ) : null;

  return {
    save: (record, field, value) =>
      write(record.id, record.version, { [field.key]: value }, record),
    dialog,
  };
}
