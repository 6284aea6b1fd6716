/** The inbox with its count, then the application's navigation. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { Icon, isIcon } from "@/shared/icons";
import { Link, useLocation } from "@/shared/router";
import type { NavigationItem } from "@/shared/types";
import { t } from "@/shared/texts";
import { IconButton } from "@/shared/ui/Button";
import { Tooltip } from "@/shared/ui/Tooltip";

import { keys } from "../queries";
import { useShell } from "./context";

export function useOpenAssignments() {
  return useQuery({
    queryKey: [...keys.assignments, "count"],
    queryFn: async ({ signal }) => {
      const list = await api.get<{ assignments: { late?: boolean }[]; next: string | null }>(
        "/api/assignments",
        {
          query: { box: "open" },
          signal,
        },
      );
      return {
        count: list.assignments.length,
        more: list.next !== null,
        late: list.assignments.some((a) => a.late),
      };
    },
    refetchInterval: 30_000,
  });
}

export function itemPath(app: string, item: NavigationItem): string {
  if (item.type === "dashboard") return `/apps/${app}/dashboards/${item.key}`;
  if (item.type === "report") return `/apps/${app}/reports/${item.key}`;
  return `/apps/${app}/${item.key}${item.view ? `?view=${item.view}` : ""}`;
}

function Entry({
  href,
  icon,
  label,
  current,
  narrow,
  count,
  late,
}: {
  href: string;
  icon: string;
  label: string;
  current: boolean;
  narrow: boolean;
  count?: string;
  late?: boolean;
}) {
  const link = (
    <Link
      href={href}
      className={`side-entry${current ? " is-current" : ""}`}
      aria-current={current ? "page" : undefined}
      aria-label={narrow ? label : undefined}
    >
      <Icon name={icon} size={20} />
      {!narrow && <span className="grow ellipsis">{label}</span>}
      {count ? <span className={`count-pill${late ? " is-late" : ""}`}>{count}</span> : null}
    </Link>
  );
  return narrow ? (
    <Tooltip title={label} placement="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

const ICONS = { form: "form", dashboard: "dashboard", report: "report" } as const;

export function SideBar({
  narrow,
  onNarrow,
}: {
  narrow: boolean;
  onNarrow: (narrow: boolean) => void;
}) {
  const { app } = useShell();
  const [location] = useLocation();
  const open = useOpenAssignments();
  const count = open.data?.count ? `${open.data.count}${open.data.more ? "+" : ""}` : undefined;
  return (
    <nav className="side-bar" aria-label={t("shell.navigation")}>
      <div className="side-scroll">
        <Entry
          href="/"
          icon="home"
          label={t("shell.home")}
          current={location === "/"}
          narrow={narrow}
        />
        <Entry
          href="/inbox"
          icon="inbox"
          label={t("shell.inbox")}
          current={location === "/inbox"}
          narrow={narrow}
          count={count}
          late={open.data?.late}
        />
        {app?.navigation.map((group, index) => (
          <div
            key={index}
            className="side-group"
            role="group"
            aria-label={group.label || app.label}
          >
            {!narrow && group.label ? <div className="side-title">{group.label}</div> : null}
            {group.items.map((item) => {
              const path = itemPath(app.key, item);
              const bare = path.split("?")[0] ?? path;
              return (
                <Entry
                  key={`${item.type}-${item.key}-${item.view ?? ""}`}
                  href={path}
                  icon={isIcon(item.icon) ? item.icon : ICONS[item.type]}
                  label={item.label}
                  current={location === bare || location.startsWith(`${bare}/`)}
                  narrow={narrow}
                />
              );
            })}
          </div>
        ))}
      </div>
      <div className="side-foot">
        <IconButton
          icon="side-bar"
          label={narrow ? t("shell.expand") : t("shell.collapse")}
          aria-expanded={!narrow}
          onClick={() => onNarrow(!narrow)}
        />
      </div>
    </nav>
  );
}
