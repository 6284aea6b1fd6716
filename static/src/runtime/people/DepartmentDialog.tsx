/** Adding, renaming or moving a department. */
import { useState } from "react";

import { ApiError, api } from "@/shared/api";
import { Button } from "@/shared/ui/Button";
import { Field } from "@/shared/ui/Field";
import { Input } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";
import { Select } from "@/shared/ui/Select";
import { failed } from "@/shared/ui/toast";
import { t } from "@/shared/texts/people";
import { findPeople } from "@/widgets/person";
import { type Found, RemoteSelect } from "@/widgets/pickers/RemoteSelect";

import { type Department, peopleChanged } from "./data";

interface Props {
  department: Department | null;
  departments: readonly Department[];
  parent: number | null;
  onClose: () => void;
  onDeleted: () => void;
}

export function DepartmentDialog({ department, departments, parent, onClose, onDeleted }: Props) {
  const [name, setName] = useState(department?.name ?? "");
  const [above, setAbove] = useState<number | null>(department ? department.parent : parent);
  const [head, setHead] = useState<Found | null>(
    department?.head ? { id: department.head.id, label: department.head.name } : null,
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async (action: () => Promise<unknown>, after: () => void) => {
    setBusy(true);
    setProblem(null);
    try {
      await action();
      await peopleChanged();
      after();
    } catch (error) {
      if (error instanceof ApiError && error.problems[0]) setProblem(error.problems[0].message);
      else failed(error);
    }
    setBusy(false);
  };
  const save = () => {
    const body = { name: name.trim(), parent: above, head: head?.id ?? null };
    void run(
      () =>
        department
          ? api.patch(`/api/departments/${department.id}`, body)
          : api.post("/api/departments", body),
      onClose,
    );
  };
  return (
    <Modal
      open
      title={department ? t("people.editDepartment") : t("people.addDepartment")}
      onClose={onClose}
      footer={
        <div className="modal-footer">
          {department && (
            <Button
              kind="danger"
              className="is-left"
              disabled={busy}
              onClick={() =>
                void run(() => api.delete(`/api/departments/${department.id}`), onDeleted)
              }
            >
              {t("people.deleteDepartment")}
            </Button>
          )}
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button kind="primary" busy={busy} disabled={!name.trim()} onClick={save}>
            {department ? t("common.save") : t("people.add")}
          </Button>
        </div>
      }
    >
      <div className="stack form-stack">
        <Field label={t("people.name")} required problem={problem}>
          {({ id, invalid, describedBy }) => (
            <Input
              id={id}
              value={name}
              autoFocus
              aria-invalid={invalid}
              aria-describedby={describedBy}
              onChange={setName}
              onPressEnter={() => name.trim() && save()}
            />
          )}
        </Field>
        <Field label={t("people.parent")}>
          {({ id }) => (
            <Select<number>
              id={id}
              aria-label={t("people.parent")}
              value={above}
              clearable
              placeholder={t("common.select")}
              options={departments
                .filter((one) => one.id !== department?.id)
                .map((one) => ({ value: one.id, label: one.name }))}
              onChange={setAbove}
            />
          )}
        </Field>
        <Field label={t("people.head")}>
          {({ id }) => (
            <RemoteSelect
              id={id}
              name={["people"]}
              label={t("people.head")}
              value={head}
              clearable
              placeholder={t("common.select")}
              find={findPeople}
              onChange={setHead}
            />
          )}
        </Field>
      </div>
    </Modal>
  );
}
