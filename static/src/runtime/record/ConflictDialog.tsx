/** Somebody saved in between: both values side by side, and one choice. */
import "./conflict.css";

import type { FieldInfo, Value } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Modal } from "@/shared/ui/Modal";
import { t } from "@/shared/texts/form";
import { widget } from "@/widgets/registry";

import { type Conflict, same } from "../records";

interface Props {
  conflict: Conflict;
  fields: readonly FieldInfo[];
  onMine: () => void;
  onTheirs: () => void;
  onClose: () => void;
}

function Shown({ field, value }: { field: FieldInfo; value: Value }) {
  const { View } = widget(field);
  return <View field={field} value={value} compact />;
}

export function ConflictDialog({ conflict, fields, onMine, onTheirs, onClose }: Props) {
  const differing = fields.filter(
    (field) =>
      field.key in conflict.yours &&
      !same(conflict.yours[field.key], conflict.current[field.key] as Value),
  );
  return (
    <Modal
      open
      title={t("form.conflictTitle")}
      onClose={onClose}
      width={560}
      footer={
        <div className="modal-footer">
          <Button onClick={onTheirs}>{t("form.keepTheirs")}</Button>
          <Button kind="primary" onClick={onMine}>
            {t("form.keepYours")}
          </Button>
        </div>
      }
    >
      <p>
        {t("form.conflictText", {
          person: conflict.current.updated_by?.name ?? t("form.somebody"),
        })}
      </p>
      <table className="conflict">
        <thead>
          <tr>
            <th scope="col">{t("form.field")}</th>
            <th scope="col">{t("form.yours")}</th>
            <th scope="col">{t("form.theirs")}</th>
          </tr>
        </thead>
        <tbody>
          {differing.map((field) => (
            <tr key={field.key}>
              <th scope="row">{field.label}</th>
              <td>
                <Shown field={field} value={conflict.yours[field.key]} />
              </td>
              <td>
                <Shown field={field} value={conflict.current[field.key] as Value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
}
