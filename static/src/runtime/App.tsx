/** Addresses to pages; each page is its own chunk. */
import { lazy, Suspense } from "react";

import { Route, Switch, useLocation } from "@/shared/router";
import { Boundary } from "@/shared/shell/Boundary";
import { PageSkeleton } from "@/shared/ui/Skeleton";

import { Shell } from "./shell/Shell";

const HomePage = lazy(() => import("./pages/HomePage"));
const AppPage = lazy(() => import("./pages/AppPage"));
const ListPage = lazy(() => import("./pages/ListPage"));
const RecordPage = lazy(() => import("./pages/RecordPage"));
const ImportPage = lazy(() => import("./pages/ImportPage"));
const DashboardPage = lazy(() => import("./pages/DashboardPage"));
const ReportPage = lazy(() => import("./pages/ReportPage"));
const NewFromTablePage = lazy(() => import("./pages/NewFromTablePage"));
const InboxPage = lazy(() => import("./pages/InboxPage"));
const PeoplePage = lazy(() => import("./pages/PeoplePage"));
const PeopleImportPage = lazy(() => import("./pages/PeopleImportPage"));
const TokensPage = lazy(() => import("./pages/TokensPage"));
const StatusPage = lazy(() => import("./pages/StatusPage"));
const MePage = lazy(() => import("./pages/MePage"));
const MissingPage = lazy(() => import("./pages/MissingPage"));

export function App() {
  const [location] = useLocation();
  return (
    <Shell>
      <Boundary of={location}>
        <Suspense fallback={<PageSkeleton />}>
          <Switch>
            <Route path="/">{() => <HomePage />}</Route>
            <Route path="/new">{() => <NewFromTablePage />}</Route>
            <Route path="/inbox">{() => <InboxPage />}</Route>
            <Route path="/me">{() => <MePage />}</Route>
            <Route path="/people">{() => <PeoplePage />}</Route>
            <Route path="/people/import">{() => <PeopleImportPage />}</Route>
            <Route path="/tokens">{() => <TokensPage />}</Route>
            <Route path="/status">{() => <StatusPage />}</Route>
            <Route path="/apps/:app">{({ app }) => <AppPage key={app} app={app} />}</Route>
            <Route path="/apps/:app/dashboards/:key">
              {({ app, key }) => <DashboardPage key={`${app}/${key}`} app={app} dashboard={key} />}
            </Route>
            <Route path="/apps/:app/reports/:key">
              {({ app, key }) => <ReportPage key={`${app}/${key}`} app={app} report={key} />}
            </Route>
            <Route path="/apps/:app/:form">
              {({ app, form }) => <ListPage key={`${app}/${form}`} app={app} form={form} />}
            </Route>
            <Route path="/apps/:app/:form/import">
              {({ app, form }) => <ImportPage key={`${app}/${form}`} app={app} form={form} />}
            </Route>
            <Route path="/apps/:app/:form/:id">
              {({ app, form, id }) => (
                <RecordPage key={`${app}/${form}`} app={app} form={form} id={Number(id)} />
              )}
            </Route>
            <Route>{() => <MissingPage />}</Route>
          </Switch>
        </Suspense>
      </Boundary>
    </Shell>
  );
}
