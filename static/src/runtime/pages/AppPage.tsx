/** Opening an application: on a desktop its last or first page, on a phone its navigation. */
import "../home/home.css";

import { useEffect } from "react";

import { Icon, isIcon } from "@/shared/icons";
import { Link, useLocation, useParameter } from "@/shared/router";
import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Failure } from "@/shared/ui/Problems";
import { PageSkeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/home";

import { usePhone } from "../media";
import { lastPage, useApp } from "../queries";
import { itemPath } from "../shell/SideBar";
import { useTitle } from "../title";

export default function AppPage({ app: key }: { app: string }) {
  const app = useApp(key);
  const phone = usePhone();
  const [, navigate] = useLocation();
  const [wanted] = useParameter("navigation");
  const items = app.data?.navigation.flatMap((group) => group.items) ?? [];
  const first = items[0] ?? null;
  const last = lastPage(key)?.path ?? null;
  const known =
    last && items.some((item) => last.startsWith(itemPath(key, item).split("?")[0] ?? ""))
      ? last
      : null;
  const target = app.data ? (known ?? (first ? itemPath(key, first) : null)) : null;
  useTitle(app.data?.label);
  useEffect(() => {
    if (target && !phone && !wanted) navigate(target, { replace: true });
  }, [navigate, phone, target, wanted]);
  if (app.isPending) return <PageSkeleton />;
  if (app.isError) return <Failure error={app.error} onRetry={() => void app.refetch()} />;
  if (!first) {
    return (
      <Empty
        icon="tile"
        title={t("home.emptyApp")}
        text={app.data.rights.design ? t("home.emptyAppText") : undefined}
        actions={
          app.data.rights.design ? (
            <Button kind="primary" href={`/design/${key}`}>
              {t("home.design")}
            </Button>
          ) : undefined
        }
      />
    );
  }
  if (!phone && !wanted) return null;
  return (
    <nav className="page app-navigation" aria-label={t("home.navigation")}>
      <h1>{app.data.label}</h1>
      {app.data.navigation.map((group, index) => (
        <section key={index} className="stack">
          {group.label && <h2>{group.label}</h2>}
          <ul>
            {group.items.map((item) => (
              <li key={`${item.type}-${item.key}`}>
                <Link href={itemPath(key, item)}>
                  <Icon name={isIcon(item.icon) ? item.icon : item.type} size={20} />
                  <span className="grow">{item.label}</span>
                  <Icon name="chevron-right" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}
