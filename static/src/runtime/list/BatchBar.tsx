/** What can be done with the selected rows: change one field, delete (with undo). */
import { useState } from "react";

import { ApiError } from "@/shared/api";
import type { FieldInfo, FormInfo, RecordData, Value } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Modal } from "@/shared/ui/Modal";
import { Problems } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";
import { attempt, failed, toast, undoable } from "@/shared/ui/toast";
import { t } from "@/shared/texts/list";
import { widget } from "@/widgets/registry";

import { recordsChanged } from "../queries";
import { batch, fieldOf, mayEdit, restoreRecord, toWrite } from "../records";

interface Props {
  form: FormInfo;
  records: readonly RecordData[];
  onDone: () => void;
}

export function BatchBar({ form, records, onDone }: Props) {
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const remove = async () => {
    setBusy(true);
    const ids = records.map((record) => record.id);
    const done = await attempt(() => batch(form.app, form.key, { delete: ids }));
    setBusy(false);
    if (done === undefined) return;
    onDone();
    await recordsChanged(form.app, form.key);
    undoable(t("list.deleted", { n: ids.length }), () => {
      void (async () => {
        await attempt(async () => {
          for (const id of ids) await restoreRecord(form.app, form.key, id);
        });
        await recordsChanged(form.app, form.key);
        toast(t("list.restored", { n: ids.length }), { kind: "success" });
      })();
    });
  };
  return (
    <div className="batch" role="toolbar" aria-label={t("list.selected", { n: records.length })}>
      <span className="batch-count">{t("list.selected", { n: records.length })}</span>
      {form.rights.edit && (
        <Button icon="edit" onClick={() => setEditing(true)}>
          {t("list.batchEdit")}
        </Button>
      )}
      {form.rights.delete && (
        <Button icon="trash" busy={busy} onClick={() => void remove()}>
          {t("common.delete")}
        </Button>
      )}
      <Button kind="text" onClick={onDone}>
        {t("list.clearSelection")}
      </Button>
      {editing && (
        <BatchEdit
          form={form}
          records={records}
          onClose={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            onDone();
          }}
        />
      )}
    </div>
  );
}

function BatchEdit({ form, records, onClose, onDone }: Props & { onClose: () => void }) {
  const fields = form.fields.filter(
    (field) => mayEdit(field) && !field.unique && widget(field).Edit,
  );
  const [field, setField] = useState<FieldInfo | null>(null);
  const [value, setValue] = useState<Value>(null);
  const [problems, setProblems] = useState<ApiError["problems"]>([]);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    if (!field) return;
    setBusy(true);
    setProblems([]);
    try {
      await batch(form.app, form.key, {
        update: records.map((record) => ({
          id: record.id,
          version: record.version,
          [field.key]: toWrite(value),
        })),
      });
      await recordsChanged(form.app, form.key);
      toast(t("list.batchDone", { n: records.length }), { kind: "success" });
      onDone();
    } catch (error) {
      if (error instanceof ApiError && error.problems.length) {
        const seen = new Set<string>();
        setProblems(error.problems.filter((p) => !seen.has(p.message) && seen.add(p.message)));
        if (error.status === 409) await recordsChanged(form.app, form.key);
      } else failed(error);
    }
    setBusy(false);
  };
  const Edit = field ? widget(field).Edit : undefined;
  return (
    <Modal
      open
      title={t("list.batchTitle", { n: records.length })}
      onClose={onClose}
      action={{
        label: t("list.batchRun", { n: records.length }),
        run: () => void run(),
        busy,
        disabled: !field,
      }}
    >
      <div className="stack form-stack">
        <Field label={t("list.batchField")}>
          {({ id }) => (
            <Select
              id={id}
              aria-label={t("list.batchField")}
              value={field?.key ?? null}
              placeholder={t("list.chooseField")}
              searchable
              options={fields.map((one) => ({ value: one.key, label: one.label }))}
              onChange={(key) => {
                setField(fields.find((one) => one.key === key) ?? null);
                setValue(null);
                setProblems([]);
              }}
            />
          )}
        </Field>
        {field && Edit && (
          <Field
            key={field.key}
            label={t("list.batchValue")}
            help={field.required ? undefined : t("list.batchEmpty")}
            problem={problems.find((p) => fieldOf(p.path) === field.key)?.message}
          >
            {({ id, invalid, describedBy }) => (
              <Edit
                id={id}
                field={field}
                value={value}
                app={form.app}
                invalid={invalid}
                describedBy={describedBy}
                onChange={setValue}
              />
            )}
          </Field>
        )}
        <Problems problems={problems} />
      </div>
    </Modal>
  );
}
