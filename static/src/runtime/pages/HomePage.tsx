/** The applications, what waits, and where one was last. */
import "../home/home.css";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/shared/api";
import { colorOf } from "@/shared/colors";
import { relative } from "@/shared/format";
import { Icon } from "@/shared/icons";
import { Link } from "@/shared/router";
import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/home";

import { NewApplication } from "../home/NewApplication";
import type { Assignment } from "../inbox/assignments";
import { keys, lastPage, useApps } from "../queries";
import { mayDesign, usePerson } from "../session";
import { useTitle } from "../title";

interface BuilderApp {
  key: string;
  label: string;
  icon?: string | null;
  release: number | null;
  changes: number;
}

interface Tile {
  key: string;
  label: string;
  icon: string;
  release: number | null;
  changes: number;
  design: boolean;
}

export default function HomePage() {
  const person = usePerson();
  const designer = mayDesign(person);
  const apps = useApps();
  const drafts = useQuery({
    queryKey: ["builder", "applications"],
    queryFn: async ({ signal }) =>
      (await api.get<{ applications: BuilderApp[] }>("/api/builder/applications", { signal }))
        .applications,
    enabled: designer || (apps.data ?? []).some((app) => app.rights?.design),
    retry: false,
  });
  const [creating, setCreating] = useState(false);
  useTitle();
  const last = lastPage();
  const tiles: Tile[] = (apps.data ?? []).map((app) => {
    const draft = drafts.data?.find((one) => one.key === app.key);
    return {
      key: app.key,
      label: app.label,
      icon: app.icon ?? "tile",
      release: app.release,
      changes: draft?.changes ?? 0,
      design: app.rights?.design ?? false,
    };
  });
  for (const draft of drafts.data ?? []) {
    if (!tiles.some((tile) => tile.key === draft.key))
      tiles.push({
        key: draft.key,
        label: draft.label,
        icon: draft.icon ?? "tile",
        release: draft.release,
        changes: draft.changes,
        design: true,
      });
  }
  const resumed = last && tiles.find((tile) => tile.key === last.app && tile.release !== null);
  return (
    <div className="page home">
      <header className="page-head">
        <h1 className="grow">{greeting(person?.name ?? "")}</h1>
        {resumed && last && (
          <Link href={last.path} className="home-resume">
            <Icon name="history" />
            {t("home.resume", { page: `${resumed.label} · ${last.label}` })}
          </Link>
        )}
      </header>
      <Waiting />
      <section aria-label={t("home.title")}>
        <h2 className="home-title">{t("home.title")}</h2>
        {apps.isPending ? (
          <Skeleton lines={3} height={72} />
        ) : apps.isError ? (
          <Failure error={apps.error} onRetry={() => void apps.refetch()} />
        ) : tiles.length === 0 && !designer ? (
          <Empty icon="tile" title={t("home.none")} text={t("home.noneTextUser")} />
        ) : (
          <ul className="tiles">
            {tiles.map((tile) => (
              <li key={tile.key} className="tile">
                <TileBody tile={tile} />
              </li>
            ))}
            {designer && (
              <li>
                <button
                  type="button"
                  className="plain tile tile-new"
                  onClick={() => setCreating(true)}
                >
                  <span className="tile-icon is-new">
                    <Icon name="add" size={20} />
                  </span>
                  <span className="grow">
                    <span className="tile-label">{t("home.newApp")}</span>
                    <span className="meta tile-meta">{t("home.newAppText")}</span>
                  </span>
                </button>
              </li>
            )}
          </ul>
        )}
      </section>
      {creating && (
        <NewApplication taken={tiles.map((tile) => tile.key)} onClose={() => setCreating(false)} />
      )}
    </div>
  );
}

function greeting(name: string): string {
  const hour = new Date().getHours();
  if (hour < 12 && hour >= 4) return t("home.morning", { name });
  return hour < 18 && hour >= 12 ? t("home.afternoon", { name }) : t("home.evening", { name });
}

function TileBody({ tile }: { tile: Tile }) {
  const published = tile.release !== null;
  const color = colorOf(tile.key);
  return (
    <>
      <Link
        href={published ? `/apps/${tile.key}` : `/design/${tile.key}`}
        className="tile-link"
        onClick={published ? undefined : leave(tile.key)}
      >
        <span
          className="tile-icon"
          style={{ color: `var(--${color})`, background: `var(--${color}-tint)` }}
        >
          <Icon name={tile.icon} size={20} />
        </span>
        <span className="grow">
          <span className="tile-label ellipsis">{tile.label}</span>
          <span className="meta tile-meta">
            {!published
              ? t("home.draft")
              : tile.changes > 0 && tile.design
                ? t("home.draftChanges", { n: tile.changes })
                : t("home.release", { n: tile.release ?? 0 })}
          </span>
        </span>
      </Link>
      {tile.design && published && (
        <Button
          kind="text"
          size="small"
          href={`/design/${tile.key}`}
          aria-label={t("home.designApp", { app: tile.label })}
        >
          {t("home.design")}
        </Button>
      )}
    </>
  );
}

/** The designer is another page of the server, not a route of this one. */
function leave(app: string) {
  return (event: { preventDefault: () => void }) => {
    event.preventDefault();
    window.location.assign(`/design/${app}`);
  };
}

const MOST = 4;

function Waiting() {
  const open = useQuery({
    queryKey: [...keys.assignments, "home"],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ assignments: Assignment[] }>("/api/assignments", {
          query: { box: "open" },
          signal,
        })
      ).assignments,
    retry: false,
  });
  if (!open.data?.length) return null;
  return (
    <section className="home-waiting" aria-label={t("home.todo")}>
      <div className="row">
        <h2 className="grow">{t("home.todo")}</h2>
        <Link href="/inbox">{t("home.todoAll")}</Link>
      </div>
      <ul>
        {open.data.slice(0, MOST).map((one) => (
          <li key={one.id}>
            <Link href={`/inbox?id=${one.id}`} className="home-assignment">
              <Icon name="inbox" />
              <span className="grow ellipsis">
                {one.record.label}
                <span className="muted"> · {one.flow.label}</span>
              </span>
              {one.late ? (
                <span className="danger-text">{t("home.late")}</span>
              ) : (
                <span className="meta">{relative(one.opened_at)}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
