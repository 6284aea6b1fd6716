/** Before a definition is deleted: who uses it. What nobody uses goes at once, with undo for 8 seconds. */
import { Button } from "@/shared/ui/Button";
import { Modal } from "@/shared/ui/Modal";
import { toast, undoable } from "@/shared/ui/toast";

import { builder, type Usage } from "../api";
import { idOf, type Kind } from "../core/definitions";
import { remove } from "../create";
import { kindLabel } from "../kinds";
import { localized, words, type Session } from "../session";
import { t } from "../texts";

export interface Removal {
  kind: Kind;
  key: string;
  usage: Usage[];
}

function removeNow(session: Session, kind: Kind, key: string): void {
  const name = words(session.workspace.get(idOf(kind, key))?.label, key);
  remove(session, kind, key);
  undoable(t("d.removed", { name }), () =>
    session.workspace.undo(idOf("application", session.app)),
  );
}

/** Removes at once when nobody uses it, else answers what has to be shown first. */
export async function startRemoval(
  session: Session,
  kind: Kind,
  key: string,
): Promise<Removal | null> {
  await session.saver.flush();
  let usage: Usage[];
  try {
    usage = (await builder.usage(session.app, kind, key)).filter(
      (place) => place.kind !== "application",
    );
  } catch {
    toast(t("common.unreachable"), { kind: "error" });
    return null;
  }
  if (usage.length) return { kind, key, usage };
  removeNow(session, kind, key);
  return null;
}

export function RemoveDefinition({
  session,
  removal,
  onClose,
}: {
  session: Session;
  removal: Removal;
  onClose: () => void;
}) {
  const name = words(session.workspace.get(idOf(removal.kind, removal.key))?.label, removal.key);
  return (
    <Modal
      open
      title={t("d.removeUsedTitle", { name })}
      onClose={onClose}
      footer={
        <div className="modal-footer">
          <Button
            kind="danger"
            onClick={() => {
              onClose();
              removeNow(session, removal.kind, removal.key);
            }}
          >
            {t("d.removeAnyway")}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t("d.keepIt")}
          </Button>
        </div>
      }
    >
      <p>{t("d.removeUsedText")}</p>
      <UsageList usage={removal.usage} />
    </Modal>
  );
}

export function UsageList({ usage }: { usage: readonly Usage[] }) {
  const seen = new Map(usage.map((place) => [`${place.kind}/${place.key}`, place]));
  return (
    <ul className="usage">
      {[...seen.values()].map((place) => (
        <li key={`${place.kind}/${place.key}`}>
          <span className="meta">{kindLabel(place.kind)}</span>{" "}
          {localized(place.label) || place.key}
        </li>
      ))}
    </ul>
  );
}
