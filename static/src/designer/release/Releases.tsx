/** The releases so far: what each changed, and making an earlier one the newest again. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { moment } from "@/shared/format";
import { Button } from "@/shared/ui/Button";
import { Modal } from "@/shared/ui/Modal";
import { sentence } from "@/shared/ui/Problems";
import { Tag } from "@/shared/ui/Tag";
import { attempt, toast } from "@/shared/ui/toast";

import { builder, nameOf, type Release } from "../api";
import { useSession, useSessionState } from "../session";
import { t } from "../texts";
import { ChangeList } from "./ChangeList";

export function Releases() {
  const session = useSession();
  const { info } = useSessionState();
  const client = useQueryClient();
  const releases = useQuery({
    queryKey: ["releases", session.app, info.release],
    queryFn: () => builder.releases(session.app),
    retry: false,
  });
  const [restoring, setRestoring] = useState<number | null>(null);
  const [comparing, setComparing] = useState<Release | null>(null);
  const [busy, setBusy] = useState(false);
  const restore = (number: number) =>
    attempt(async () => {
      setBusy(true);
      try {
        const answer = await builder.restore(session.app, number);
        setRestoring(null);
        toast(t("role.restored", { n: answer.release }), { kind: "success" });
        await session.check();
        await client.invalidateQueries({ queryKey: ["releases"] });
      } finally {
        setBusy(false);
      }
    });
  const list = [...(releases.data ?? [])].sort((a, b) => b.number - a.number);
  return (
    <section className="panel">
      <h2>{t("role.releases")}</h2>
      {releases.isSuccess && list.length === 0 && <p className="muted">{t("role.noReleases")}</p>}
      <ol className="release-list">
        {list.map((release) => (
          <li key={release.number}>
            <div className="row">
              <b>{t("role.releaseN", { n: release.number })}</b>
              {release.number === info.release && <Tag color="green">{t("role.current")}</Tag>}
              <span className="meta">
                {nameOf(release.created_by)} {moment(release.created_at)}
              </span>
            </div>
            {release.restored_from ? (
              <p className="meta">{t("role.restoredFrom", { n: release.restored_from })}</p>
            ) : null}
            {release.note ? <p>{release.note}</p> : null}
            <div className="row">
              {release.number > 1 && (
                <Button kind="link" size="small" onClick={() => setComparing(release)}>
                  {t("role.compare")}
                </Button>
              )}
              {release.number !== info.release && (
                <Button kind="link" size="small" onClick={() => setRestoring(release.number)}>
                  {t("role.restore")}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
      {restoring !== null && (
        <Modal
          open
          title={t("role.restoreTitle", { n: restoring })}
          onClose={() => setRestoring(null)}
          action={{ label: t("role.restore"), run: () => void restore(restoring), busy }}
        >
          <p>{t("role.restoreText", { n: restoring })}</p>
        </Modal>
      )}
      {comparing && <Compare release={comparing} onClose={() => setComparing(null)} />}
    </section>
  );
}

function Compare({ release, onClose }: { release: Release; onClose: () => void }) {
  const { app } = useSession();
  const from = release.number - 1;
  const changes = useQuery({
    queryKey: ["compare", app, release.number],
    queryFn: () => builder.compare(app, from, release.number),
    retry: false,
  });
  return (
    <Modal
      open
      width={640}
      title={t("role.compareTitle", { from, to: release.number })}
      onClose={onClose}
      footer={null}
    >
      {changes.isError && <p className="danger-text">{sentence(changes.error)}</p>}
      {changes.data?.length === 0 && <p className="muted">{t("role.noDifference")}</p>}
      {changes.data && <ChangeList changes={changes.data} />}
    </Modal>
  );
}
