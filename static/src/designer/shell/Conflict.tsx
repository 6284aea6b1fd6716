/** Two people changed one definition: what each did, and the choice between the two. */
import { Button } from "@/shared/ui/Button";
import { Modal } from "@/shared/ui/Modal";

import { parseId, type Body } from "../core/definitions";
import { differences, type Json } from "../core/json";
import { placeWords } from "../parts/path_words";
import { useSaveState, useSession, words } from "../session";
import { t } from "../texts";
import "./conflict.css";

const MOST = 8;

export function Conflict() {
  const session = useSession();
  const { conflict } = useSaveState();
  if (!conflict) return null;
  const { id, base, mine, theirs, clashes } = conflict;
  const { kind, key } = parseId(id);
  const name = words((mine ?? theirs)?.label, key);
  const settle = (body: Body | null) => {
    session.workspace.load(id, body);
    session.checkSoon();
  };
  const whole = clashes.length === 0;
  return (
    <Modal
      open
      width={720}
      title={t("d.conflictTitle", { who: conflict.by ?? t("d.somebody"), name })}
      onClose={() => undefined}
      footer={
        <div className="modal-footer">
          <Button onClick={() => settle(session.saver.takeTheirs(id))}>{t("d.takeTheirs")}</Button>
          <Button kind="primary" onClick={() => settle(session.saver.keepMine(id))}>
            {t("d.keepMine")}
          </Button>
        </div>
      }
    >
      <p className="muted">{whole ? t("d.conflictWhole") : t("d.conflictText")}</p>
      <div className="conflict">
        <Side kind={kind} title={t("d.theirChanges")} before={base} after={theirs} only={clashes} />
        <Side kind={kind} title={t("d.yourChanges")} before={base} after={mine} only={clashes} />
      </div>
    </Modal>
  );
}

function Side({
  kind,
  title,
  before,
  after,
  only,
}: {
  kind: string;
  title: string;
  before: Body | null;
  after: Body | null;
  /** The places to decide; without any, all that differs is shown. */
  only: readonly (readonly string[])[];
}) {
  const { catalogue } = useSession();
  const all = after ? differences(before ?? {}, after) : [];
  const found = only.length
    ? all.filter(({ path }) => only.some((place) => place.every((part, at) => path[at] === part)))
    : all;
  return (
    <section>
      <h3>{title}</h3>
      {!after && <p className="danger-text">{t("d.removedByThem")}</p>}
      {after && found.length === 0 && <p className="muted">{t("d.noDifference")}</p>}
      <ul className="conflict-list">
        {found.slice(0, MOST).map((difference, index) => (
          <li key={index}>
            <span className="meta">
              {placeWords(catalogue, kind, difference.path, after, before)}
            </span>
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

function short(value: Json | undefined): string {
  if (value === undefined || value === null) return "—";
  if (typeof value === "boolean") return value ? t("common.yes") : t("common.no");
  const text =
    typeof value === "string"
      ? value
      : words((value as { label?: unknown }).label) || JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
