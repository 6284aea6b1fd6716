/** Asks for the name of a view that is about to be saved. */
import { useState } from "react";

import { Field } from "@/shared/ui/Field";
import { Input } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";
import { t } from "@/shared/texts/list";

interface Props {
  onSave: (label: string) => Promise<void>;
  onClose: () => void;
}

export function SaveView({ onSave, onClose }: Props) {
  const [label, setLabel] = useState("");
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await onSave(label.trim());
    setBusy(false);
  };
  return (
    <Modal
      open
      title={t("list.saveView")}
      onClose={onClose}
      action={{ label: t("common.save"), run: () => void run(), busy, disabled: !label.trim() }}
    >
      <Field label={t("list.viewName")} required>
        {({ id }) => (
          <Input
            id={id}
            value={label}
            autoFocus
            maxLength={40}
            onChange={setLabel}
            onPressEnter={() => label.trim() && void run()}
          />
        )}
      </Field>
    </Modal>
  );
}
