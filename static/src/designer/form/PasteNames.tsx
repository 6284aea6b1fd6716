/** Names pasted line by line, or a row of a spreadsheet, become fields. */
import { useState } from "react";

import { TextArea } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";

import { pastedFields } from "../core/form";
import { t } from "../texts";
import { useFormEditor } from "./editor";

export function PasteNames({ onClose }: { onClose: () => void }) {
  const editor = useFormEditor();
  const [text, setText] = useState("");
  const pasted = pastedFields(text);
  const count = pasted ? ("names" in pasted ? pasted.names.length : pasted.fields.length) : 0;
  return (
    <Modal
      open
      title={t("form.pasteNames")}
      onClose={onClose}
      action={{
        label: t("form.addThem", { n: count }),
        disabled: count === 0,
        run: () => {
          onClose();
          void editor.paste(text);
        },
      }}
    >
      <p className="muted">{t("form.pasteNamesText")}</p>
      <TextArea
        value={text}
        onChange={setText}
        aria-label={t("form.pasteNames")}
        autoFocus
        autoSize={{ minRows: 6, maxRows: 14 }}
      />
    </Modal>
  );
}
