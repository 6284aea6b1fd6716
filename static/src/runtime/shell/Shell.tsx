/** The frame around every page: top bar, side bar or phone tabs, and what opens over all of them. */
import { lazy, Suspense, useEffect, useState, type ReactNode } from "react";

import { useShortcut } from "@/shared/keyboard";
import { useLocation } from "@/shared/router";
import { OfflineBanner } from "@/shared/shell/OfflineBanner";
import { t } from "@/shared/texts";

import { useApp } from "../queries";
import { PhoneTabs } from "./PhoneTabs";
import { ShellContext, type ShellState } from "./context";
import { SideBar } from "./SideBar";
import { TopBar } from "./TopBar";
import { ViewAsBanner } from "./ViewAsBanner";

const SearchDialog = lazy(() => import("./SearchDialog"));
const ShortcutsDialog = lazy(() => import("./ShortcutsDialog"));
const FillDrawer = lazy(() => import("../form/FillDrawer"));

const STORE = "mortise.side";

export function appOf(path: string): string | null {
  return /^\/apps\/([^/]+)/.exec(path)?.[1] ?? null;
}

export function Shell({ children }: { children: ReactNode }) {
  const [location] = useLocation();
  const app = appOf(location);
  const { data } = useApp(app);
  const [narrow, setNarrow] = useState(localStorage.getItem(STORE) === "narrow");
  const [searching, setSearching] = useState(false);
  const [helping, setHelping] = useState(false);
  const [filling, setFilling] = useState<ShellState["filling"]>(null);

  useEffect(() => localStorage.setItem(STORE, narrow ? "narrow" : "wide"), [narrow]);
  useEffect(() => setFilling(null), [location]);
  useShortcut("mod+k", () => setSearching(true));
  useShortcut("?", () => setHelping(true));

  const state: ShellState = {
    app: data ?? null,
    filling,
    fill: setFilling,
    search: () => setSearching(true),
    help: () => setHelping(true),
  };
  return (
    <ShellContext value={state}>
      <a className="skip" href="#content">
        {t("shell.skip")}
      </a>
      <div className={`shell${app ? " has-app" : ""}${narrow ? " is-narrow" : ""}`}>
        <TopBar />
        <SideBar narrow={narrow} onNarrow={setNarrow} />
        <main id="content" className="content" tabIndex={-1}>
          <OfflineBanner />
          <ViewAsBanner />
          {children}
        </main>
        <PhoneTabs />
      </div>
      <Suspense fallback={null}>
        {searching && <SearchDialog onClose={() => setSearching(false)} />}
        {helping && <ShortcutsDialog onClose={() => setHelping(false)} />}
        {filling && (
          <FillDrawer
            key={`${filling.app}/${filling.form}`}
            {...filling}
            onClose={() => setFilling(null)}
          />
        )}
      </Suspense>
    </ShellContext>
  );
}
