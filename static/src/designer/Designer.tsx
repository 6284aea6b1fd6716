/** The designer's frame: opens the application, then the bar, the rail and the screen of the address. */
import { lazy, Suspense, useEffect, useMemo, useState } from "react";

import { api } from "@/shared/api";
import { useLocation } from "@/shared/router";
import { PageSkeleton } from "@/shared/ui/Skeleton";
import { Failure } from "@/shared/ui/Problems";

import { ChooseApplication } from "./overview/ChooseApplication";
import { Session, SessionContext } from "./session";
import { Bar } from "./shell/Bar";
import { Conflict } from "./shell/Conflict";
import { KeyboardHelp } from "./shell/KeyboardHelp";
import { Rail } from "./shell/Rail";

const Overview = lazy(() => import("./overview/Overview"));
const FormScreen = lazy(() => import("./form/FormScreen"));
const FlowScreen = lazy(() => import("./flow/FlowScreen"));
const RuleScreen = lazy(() => import("./rule/RuleScreen"));
const ReportScreen = lazy(() => import("./report/ReportScreen"));
const DashboardScreen = lazy(() => import("./dashboard/DashboardScreen"));
const RoleScreen = lazy(() => import("./role/RoleScreen"));
const ReleaseScreen = lazy(() => import("./release/ReleaseScreen"));
const Listing = lazy(() => import("./overview/Listing"));

export interface Address {
  app: string;
  section: string;
  key: string | null;
}

export function addressOf(location: string): Address {
  const [app = "", section = "", key] = location.replace(/^\/design\/?/, "").split("/");
  return { app, section, key: key ? decodeURIComponent(key) : null };
}

const SCREENS: Record<string, React.ComponentType<{ id: string }>> = {
  forms: ({ id }) => <FormScreen formKey={id} />,
  flows: ({ id }) => <FlowScreen flowKey={id} />,
  rules: ({ id }) => <RuleScreen ruleKey={id} />,
  reports: ({ id }) => <ReportScreen reportKey={id} />,
  dashboards: ({ id }) => <DashboardScreen dashboardKey={id} />,
  roles: ({ id }) => <RoleScreen roleKey={id} />,
};

export function Designer() {
  const [location] = useLocation();
  const address = addressOf(location);
  return address.app ? <Application address={address} /> : <ChooseApplication />;
}

function Application({ address }: { address: Address }) {
  const [session, setSession] = useState<Session | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const { app } = address;

  useEffect(() => {
    let current = true;
    setError(null);
    setSession(null);
    // The CSRF cookie must exist before the first save.
    const ready = document.cookie.includes("csrftoken=")
      ? Promise.resolve()
      : api.get("/api/session").then(() => undefined);
    ready
      .then(() => Session.open(app))
      .then((opened) => current && setSession(opened))
      .catch((reason: unknown) => current && setError(reason));
    return () => {
      current = false;
    };
  }, [app, attempt]);

  useEffect(() => {
    if (!session) return;
    const leave = (event: BeforeUnloadEvent) => {
      if (session.saver.state().state === "saved") return;
      void session.saver.flush();
      event.preventDefault();
    };
    const hide = () => void session.saver.flush();
    window.addEventListener("beforeunload", leave);
    window.addEventListener("pagehide", hide);
    return () => {
      window.removeEventListener("beforeunload", leave);
      window.removeEventListener("pagehide", hide);
    };
  }, [session]);

  if (error) return <Failure error={error} onRetry={() => setAttempt(attempt + 1)} />;
  if (!session) return <PageSkeleton />;
  return (
    <SessionContext.Provider value={session}>
      <Frame address={address} />
    </SessionContext.Provider>
  );
}

function Frame({ address }: { address: Address }) {
  const screen = useMemo(() => {
    if (address.section === "") return <Overview />;
    if (address.section === "release") return <ReleaseScreen />;
    const Screen = SCREENS[address.section];
    if (!Screen) return <Overview />;
    return address.key ? (
      <Screen id={address.key} key={address.key} />
    ) : (
      <Listing section={address.section} />
    );
  }, [address.section, address.key]);
  return (
    <div className="designer">
      <Bar address={address} />
      <Rail address={address} />
      <main className="designer-main" id="content">
        <Suspense fallback={<PageSkeleton />}>{screen}</Suspense>
      </main>
      <Conflict />
      <KeyboardHelp />
    </div>
  );
}
