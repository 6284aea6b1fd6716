/** The dialog behind every 新建: one name, and the form where the kind needs one. */
import { useId, useState } from "react";

import { useLocation } from "@/shared/router";
import { Input } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";
import { Select } from "@/shared/ui/Select";

import type { Kind } from "../core/definitions";
import { create } from "../create";
import { designPath } from "../kinds";
import { useBodies, useSession, words } from "../session";
import { t } from "../texts";

const NEEDS_FORM: readonly Kind[] = ["flow", "rule", "report"];

export function newLabel(kind: Kind): string {
  const labels: Record<Kind, string> = {
    application: "",
    form: t("d.newForm"),
    flow: t("d.newFlow"),
    rule: t("d.newRule"),
    report: t("d.newReport"),
    dashboard: t("d.newDashboard"),
    role: t("d.newRole"),
  };
  return labels[kind];
}

export function NewDefinition({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const session = useSession();
  const forms = useBodies("form");
  const [, navigate] = useLocation();
  const [name, setName] = useState("");
  const [form, setForm] = useState<string | null>(forms[0]?.key ?? null);
  const [busy, setBusy] = useState(false);
  const id = useId();
  const asksForm = NEEDS_FORM.includes(kind) && forms.length > 1;
  const submit = async () => {
    if (!name.trim() || busy) return;
    setBusy(true);
    const key = await create(session, kind, name.trim(), form);
    onClose();
    navigate(designPath(session.app, kind, key));
  };
  return (
    <Modal
      open
      title={newLabel(kind)}
      onClose={onClose}
      action={{ label: t("d.create"), run: () => void submit(), busy, disabled: !name.trim() }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {asksForm && (
          <div className="control-group">
            <label htmlFor={`${id}-form`}>{t("d.form")}</label>
            <Select
              id={`${id}-form`}
              aria-label={t("d.form")}
              value={form}
              onChange={setForm}
              options={forms.map((body) => ({
                value: body.key,
                label: words(body.label, body.key),
              }))}
            />
          </div>
        )}
        <div className="control-group">
          <label htmlFor={id}>{t("d.name")}</label>
          <Input
            id={id}
            value={name}
            onChange={setName}
            autoFocus
            maxLength={80}
            autoComplete="off"
          />
        </div>
      </form>
    </Modal>
  );
}
