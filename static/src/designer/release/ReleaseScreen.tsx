/** Releases: what the draft changes and does to the tables, publishing, history, import and export. */
import { Empty } from "@/shared/ui/Empty";

import { useSessionState } from "../session";
import { t } from "../texts";
import { ChangeList } from "./ChangeList";
import { PublishPanel } from "./PublishPanel";
import { Releases } from "./Releases";
import { Transfer } from "./Transfer";
import "./release.css";

export default function ReleaseScreen() {
  const { check, info } = useSessionState();
  const changes = check?.changes ?? [];
  return (
    <div className="page release-page">
      <div className="page-head">
        <h1>{t("d.release")}</h1>
      </div>
      <div className="release-columns">
        <div className="stack">
          <section className="panel">
            <h2>{t("role.draftChanges")}</h2>
            {check && changes.length === 0 ? (
              <Empty
                small
                title={info.release === null ? t("role.noChanges") : t("role.noChangesText")}
              />
            ) : (
              <ChangeList changes={changes} />
            )}
          </section>
          <PublishPanel
            operations={check?.operations ?? []}
            summary={check?.summary ?? ""}
            nothing={changes.length === 0}
          />
        </div>
        <div className="stack">
          <Releases />
          <Transfer />
        </div>
      </div>
    </div>
  );
}
