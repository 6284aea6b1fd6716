/** The application as a zip: taken along, and taken over into the draft once the difference was seen. */
import { useRef, useState } from "react";

import { api } from "@/shared/api";
import { Button } from "@/shared/ui/Button";
import { Modal } from "@/shared/ui/Modal";
import { attempt, toast } from "@/shared/ui/toast";

import { base, type Change } from "../api";
import { useSession } from "../session";
import { t } from "../texts";
import { ChangeList } from "./ChangeList";

interface Imported {
  application?: string;
  changes: Change[];
}

export function Transfer() {
  const session = useSession();
  const input = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState<{ file: File; changes: Change[] } | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async (file: File, dry: boolean): Promise<Imported> => {
    const form = new FormData();
    form.set("file", file);
    form.set("app", session.app);
    if (dry) form.set("dry_run", "true");
    return api.post<Imported>("/api/builder/applications/import", form);
  };
  const choose = (file: File) =>
    attempt(async () => {
      await session.saver.flush();
      const answer = await send(file, true);
      setPending({ file, changes: answer.changes });
    });
  const run = () =>
    attempt(async () => {
      if (!pending) return;
      setBusy(true);
      try {
        await send(pending.file, false);
        setPending(null);
        toast(t("role.imported"), { kind: "success" });
        // Every document may have changed: the page begins anew from the server.
        window.location.reload();
      } finally {
        setBusy(false);
      }
    });
  return (
    <section className="panel">
      <h2>{t("role.transfer")}</h2>
      <p className="muted">{t("role.transferText")}</p>
      <div className="row is-wrapping">
        <Button icon="export" href={`${base(session.app)}/export`}>
          {t("role.export_")}
        </Button>
        <Button icon="import" onClick={() => input.current?.click()}>
          {t("role.import_")}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".zip"
          hidden
          aria-label={t("role.import_")}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = "";
            if (file) void choose(file);
          }}
        />
      </div>
      {pending && (
        <Modal
          open
          width={640}
          title={t("role.importTitle")}
          onClose={() => setPending(null)}
          action={{
            label: t("role.importRun"),
            run: () => void run(),
            busy,
            disabled: pending.changes.length === 0,
          }}
        >
          {pending.changes.length ? (
            <ChangeList changes={pending.changes} />
          ) : (
            <p className="muted">{t("role.importSame")}</p>
          )}
        </Modal>
      )}
    </section>
  );
}
