/** The three tabs at the bottom of a phone. */
import { Icon } from "@/shared/icons";
import { Link, useLocation } from "@/shared/router";
import { t } from "@/shared/texts";

import { useOpenAssignments } from "./SideBar";

export function PhoneTabs() {
  const [location] = useLocation();
  const open = useOpenAssignments();
  const tabs = [
    {
      href: "/inbox",
      icon: "inbox",
      label: t("shell.inbox"),
      on: location === "/inbox",
      badge: open.data?.count ?? 0,
    },
    {
      href: "/",
      icon: "tile",
      label: t("shell.apps"),
      on: location === "/" || location.startsWith("/apps"),
      badge: 0,
    },
    { href: "/me", icon: "user", label: t("shell.me"), on: location === "/me", badge: 0 },
  ];
  return (
    <nav className="phone-tabs" aria-label={t("shell.product")}>
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          className={tab.on ? "is-current" : ""}
          aria-current={tab.on ? "page" : undefined}
          aria-label={tab.badge ? `${tab.label} (${tab.badge})` : undefined}
        >
          <span className="icon-button-icon">
            <Icon name={tab.icon} size={20} />
            {tab.badge ? (
              <span className="badge" data-count={tab.badge > 99 ? "99+" : tab.badge} />
            ) : null}
          </span>
          <span>{tab.label}</span>
        </Link>
      ))}
    </nav>
  );
}
