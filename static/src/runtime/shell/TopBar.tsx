/** Application switcher, search, new, bell, account. */
import { MOD } from "@/shared/keyboard";
import { Icon } from "@/shared/icons";
import { Link, useLocation } from "@/shared/router";
import { Mark } from "@/shared/shell/Brand";
import { setThemeChoice, themeChoice } from "@/shared/theme";
import { t } from "@/shared/texts";
import { Avatar } from "@/shared/ui/Avatar";
import { Button, IconButton } from "@/shared/ui/Button";
import { Menu, type MenuEntry } from "@/shared/ui/Menu";

import { useApps } from "../queries";
import { mayDesign, mayManagePeople, has, signOut, usePerson } from "../session";
import { useShell } from "./context";
import { Notifications } from "./Notifications";

function AppSwitcher() {
  const { app } = useShell();
  const apps = useApps();
  const [, navigate] = useLocation();
  const items: MenuEntry[] = [
    ...(apps.data ?? []).map((one) => ({
      key: one.key,
      label: one.label,
      icon: one.icon ?? "tile",
      run: () => navigate(`/apps/${one.key}`),
    })),
    "line",
    { key: "all", label: t("shell.allApps"), icon: "home", run: () => navigate("/") },
  ];
  return (
    <Menu items={items}>
      <button
        type="button"
        className="plain app-switcher"
        aria-label={`${app?.label ?? t("shell.product")} · ${t("shell.switchApp")}`}
      >
        <span className="ellipsis">{app?.label ?? t("shell.product")}</span>
        <Icon name="chevron-down" size={14} />
      </button>
    </Menu>
  );
}

function NewMenu() {
  const { app, fill } = useShell();
  const forms = (app?.forms ?? []).filter((form) => form.rights.create);
  if (!app || !forms.length) return null;
  return (
    <Menu
      placement="bottomRight"
      items={forms.map((form) => ({
        key: form.key,
        label: form.label,
        icon: form.icon ?? "form",
        run: () => fill({ app: app.key, form: form.key }),
      }))}
    >
      <Button icon="add" className="top-new" aria-label={t("shell.new")}>
        {t("shell.new")}
      </Button>
    </Menu>
  );
}

function Account() {
  const person = usePerson();
  const { app, help } = useShell();
  const [, navigate] = useLocation();
  if (!person) return null;
  const go = (path: string) => () => navigate(path);
  const platform: MenuEntry[] = [];
  if (mayManagePeople(person))
    platform.push({
      key: "people",
      label: t("shell.people"),
      icon: "department",
      run: go("/people"),
    });
  platform.push({ key: "apps", label: t("shell.applications"), icon: "tile", run: go("/") });
  platform.push({ key: "tokens", label: t("shell.tokens"), icon: "key", run: go("/tokens") });
  if (has(person, "platform_administrator", "operator"))
    platform.push({ key: "status", label: t("shell.status"), icon: "status", run: go("/status") });
  const choice = themeChoice();
  const items: MenuEntry[] = [
    ...(app && (app.rights.design || mayDesign(person))
      ? [
          {
            key: "design",
            label: `${t("shell.design")} · ${app.label}`,
            icon: "edit",
            run: () => window.location.assign(`/design/${app.key}`),
          },
          "line" as const,
        ]
      : []),
    ...platform,
    "line",
    {
      key: "theme",
      label: choice === "dark" ? t("shell.light") : t("shell.dark"),
      icon: choice === "dark" ? "sun" : "moon",
      run: () => setThemeChoice(choice === "dark" ? "light" : "dark"),
    },
    { key: "keys", label: t("shell.shortcuts"), icon: "keyboard", hint: "?", run: help },
    { key: "me", label: t("shell.settings"), icon: "settings", run: go("/me") },
    { key: "out", label: t("shell.signOut"), icon: "logout", run: () => void signOut() },
  ];
  return (
    <Menu items={items} placement="bottomRight">
      <button
        type="button"
        className="plain account"
        aria-label={`${t("shell.account")} ${person.name}`}
      >
        <Avatar name={person.name} id={person.id} size={28} />
      </button>
    </Menu>
  );
}

export function TopBar() {
  const { app, search } = useShell();
  const person = usePerson();
  return (
    <header className="bar top-bar">
      <Link href="/" className="brand" aria-label={t("shell.home")}>
        <Mark />
      </Link>
      <AppSwitcher />
      <span className="grow" />
      {app && (
        <button type="button" className="plain top-search" onClick={search}>
          <Icon name="search" />
          <span className="grow">{t("shell.searchAll")}</span>
          <span className="key-cap">{MOD} K</span>
        </button>
      )}
      {app && (
        <IconButton
          className="top-search-small"
          icon="search"
          iconSize={20}
          label={t("shell.searchAll")}
          onClick={search}
        />
      )}
      <NewMenu />
      {app && (app.rights.design || mayDesign(person)) && (
        <Button kind="text" icon="edit" className="top-design" href={`/design/${app.key}`}>
          {t("shell.design")}
        </Button>
      )}
      <Notifications />
      <Account />
    </header>
  );
}
