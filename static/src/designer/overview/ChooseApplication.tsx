/** `/design` without an application: the ones this person may design. */
import { useEffect, useState } from "react";

import { api } from "@/shared/api";
import { Icon } from "@/shared/icons";
import { language } from "@/shared/i18n";
import { Link } from "@/shared/router";
import type { Text } from "@/shared/types";
import { Empty } from "@/shared/ui/Empty";
import { Failure } from "@/shared/ui/Problems";
import { PageSkeleton } from "@/shared/ui/Skeleton";
import { Tag } from "@/shared/ui/Tag";

import { textOf } from "../core/definitions";
import { t } from "../texts";
import "./overview.css";

interface Entry {
  key: string;
  label: Text;
  icon?: string | null;
  release: number | null;
}

export function ChooseApplication() {
  const [entries, setEntries] = useState<Entry[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    document.title = t("d.chooseApp");
    api
      .get<{ applications: Entry[] }>("/api/builder/applications")
      .then((answer) => setEntries(answer.applications))
      .catch(setError);
  }, []);
  if (error) return <Failure error={error} />;
  if (!entries) return <PageSkeleton />;
  return (
    <main className="page choose-application" id="content">
      <div className="page-head">
        <h1>{t("d.chooseApp")}</h1>
        <a href="/">{t("d.home")}</a>
      </div>
      {entries.length === 0 ? (
        <Empty icon="tile" title={t("d.noApps")} text={t("d.noAppsText")} />
      ) : (
        <section className="panel">
          <ul>
            {entries.map((entry) => (
              <li key={entry.key} className="definition-row">
                <Link href={`/design/${entry.key}`} className="definition-link">
                  <Icon name={entry.icon ?? "tile"} />
                  <span className="ellipsis">{textOf(entry.label, language, entry.key)}</span>
                </Link>
                {entry.release === null ? (
                  <Tag>{t("d.neverPublished")}</Tag>
                ) : (
                  <span className="meta">{t("role.releaseN", { n: entry.release })}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
    </main>
  );
}
