/** Two people changed one definition: what each did, and the choice between the two. */
import { Button } from "@/shared/ui/Button";
import { Modal } from "@/shared/ui/Modal";

import { parseId, type Body } from "../core/definitions";
import { differences, type Difference, type Json } from "../core/json";
import { useSaveState, useSession, words } from "../session";
import { t } from "../texts";

const MOST = 8;

export function Conflict() {
  const session = useSession();
  const { conflict } = useSaveState();
  if (!conflict) return null;
  const { id, base, mine, theirs } = conflict;
  const { key } = parseId(id);
  const name = words((mine ?? theirs)?.label, key);
  const take = () => {
    session.saver.takeTheirs(id);
    session.workspace.load(id, theirs);
    session.checkSoon();
  };
  return (
    <Modal
      open
      width={720}
      title={t("d.conflictTitle", { who: conflict.by ?? t("d.somebody"), name })}
      onClose={() => undefined}
      footer={
        <div className="modal-footer">
          <Button onClick={take}>{t("d.takeTheirs")}</Button>
          <Button kind="primary" onClick={() => session.saver.keepMine(id)}>
            {t("d.keepMine")}
          </Button>
        </div>
      }
    >
      <p className="muted">{t("d.conflictText")}</p>
      <div className="conflict">
        <Side title={t("d.theirChanges")} before={base} after={theirs} />
        <Side title={t("d.yourChanges")} before={base} after={mine} />
      </div>
    </Modal>
  );
}

function Side({
  title,
  before,
  after,
}: {
  title: string;
  before: Body | null;
  after: Body | null;
}) {
  const found = after ? differences((before ?? {}) as Json, after as Json) : [];
  return (
    <section>
      <h3>{title}</h3>
      {!after && <p className="danger-text">{t("d.removedByThem")}</p>}
      {after && found.length === 0 && <p className="muted">{t("d.noDifference")}</p>}
      <ul className="conflict-list">
        {found.slice(0, MOST).map((difference, index) => (
          <li key={index}>
            <span className="meta">{nameOfPlace(difference, before, after)}</span>
            <span>
              {short(difference.before)} → <b>{short(difference.after)}</b>
            </span>
          </li>
        ))}
      </ul>
      {found.length > MOST && (
        <p className="meta">{t("d.moreChanges", { n: found.length - MOST })}</p>
      )}
    </section>
  );
}

/** The place in words: labels of fields and nodes instead of their keys. */
export function nameOfPlace({ path }: Difference, before: Body | null, after: Body | null): string {
  const names: string[] = [];
  let a: unknown = after;
  let b: unknown = before;
  for (const part of path) {
    a = (a as Record<string, unknown> | undefined)?.[part];
    b = (b as Record<string, unknown> | undefined)?.[part];
    const label = words(
      (a as { label?: unknown } | undefined)?.label ??
        (b as { label?: unknown } | undefined)?.label,
    );
    names.push(label || part);
  }
  return names.join(" › ");
}

function short(value: Json | undefined): string {
  if (value === undefined || value === null) return "—";
  const text =
    typeof value === "string"
      ? value
      : words((value as { label?: unknown }).label) || JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
