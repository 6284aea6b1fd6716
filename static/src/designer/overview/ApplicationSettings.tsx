/** The application itself: name, icon, currency, and what stands in its navigation. */
import { useId } from "react";

import { language } from "@/shared/i18n";
import { Icon } from "@/shared/icons";
import { Button, IconButton } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";
import { Select } from "@/shared/ui/Select";

import { idOf, type Body } from "../core/definitions";
import { kindIcon } from "../kinds";
import { reworded, useBodies, useDocument, useDocuments, useSession, words } from "../session";
import { IconChoice } from "../parts/Looks";
import { t } from "../texts";

interface Group {
  label: unknown;
  items: Record<string, string>[];
}

const ENTRY_KINDS = ["form", "dashboard", "report"] as const;
const ZONES = [
  "Asia/Shanghai",
  "Asia/Hong_Kong",
  "Asia/Tokyo",
  "Asia/Singapore",
  "Europe/London",
  "Europe/Berlin",
  "America/New_York",
  "America/Los_Angeles",
  "UTC",
];
const CURRENCIES = ["CNY", "HKD", "TWD", "USD", "EUR", "GBP", "JPY", "SGD"];

function nameOfCurrency(code: string): string {
  return new Intl.DisplayNames([language], { type: "currency" }).of(code) ?? code;
}

function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(to, 0, item);
  return next;
}

export function ApplicationSettings() {
  const session = useSession();
  const [body, run] = useDocument<Body>(idOf("application", session.app));
  const id = useId();
  if (!body) return null;
  const set = (name: string, value: unknown, merge?: string) =>
    run(
      "application_setting",
      t("d.appSettings"),
      (document) => ({ ...document, [name]: value }),
      merge,
    );
  return (
    <section className="panel settings">
      <h2>{t("d.appSettings")}</h2>
      <div className="control-group">
        <label htmlFor={`${id}-name`}>{t("d.appName")}</label>
        <Input
          id={`${id}-name`}
          value={words(body.label)}
          maxLength={80}
          onChange={(text) => text.trim() && set("label", reworded(body.label, text), "app_label")}
          onBlur={() => session.workspace.seal(idOf("application", session.app))}
        />
      </div>
      <div className="control-group">
        <span className="control-label">{t("d.icon")}</span>
        <IconChoice
          label={t("d.icon")}
          names={session.catalogue.icons}
          value={body.icon as unknown}
          onPick={(icon) => set("icon", icon)}
        />
      </div>
      <div className="control-pair">
        <div className="control-group">
          <label htmlFor={`${id}-zone`}>{t("d.timezone")}</label>
          <Select
            id={`${id}-zone`}
            aria-label={t("d.timezone")}
            searchable
            value={String(body.timezone ?? "Asia/Shanghai")}
            onChange={(zone) => set("timezone", zone)}
            options={[...new Set([String(body.timezone ?? "Asia/Shanghai"), ...ZONES])].map(
              (zone) => ({ value: zone, label: zone }),
            )}
          />
        </div>
        <div className="control-group">
          <label htmlFor={`${id}-currency`}>{t("d.currency")}</label>
          <Select
            id={`${id}-currency`}
            aria-label={t("d.currency")}
            value={String(body.currency ?? "CNY")}
            onChange={(currency) => set("currency", currency)}
            options={CURRENCIES.map((currency) => ({
              value: currency,
              label: `${currency} · ${nameOfCurrency(currency)}`,
            }))}
          />
        </div>
      </div>
      <Navigation
        groups={(body.navigation ?? []) as Group[]}
        onChange={(groups, merge) => set("navigation", groups, merge)}
      />
    </section>
  );
}

function Navigation({
  groups,
  onChange,
}: {
  groups: Group[];
  onChange: (groups: Group[], merge?: string) => void;
}) {
  const documents = useDocuments();
  const bodies = {
    form: useBodies("form"),
    dashboard: useBodies("dashboard"),
    report: useBodies("report"),
  };
  const shown = new Set(
    groups.flatMap((group) =>
      group.items.flatMap((item) =>
        ENTRY_KINDS.filter((kind) => item[kind]).map((kind) => `${kind}/${item[kind]}`),
      ),
    ),
  );
  const missing = ENTRY_KINDS.flatMap((kind) =>
    bodies[kind].filter((other) => !shown.has(idOf(kind, other.key))),
  );
  const change = (index: number, next: Group, merge?: string) =>
    onChange(
      groups.map((group, at) => (at === index ? next : group)),
      merge,
    );
  return (
    <div className="navigation-editor">
      <h3>{t("d.navigation")}</h3>
      {groups.map((group, at) => (
        <div key={at} className="navigation-group">
          <div className="row">
            <Input
              size="small"
              aria-label={t("d.navigationGroup")}
              value={words(group.label)}
              onChange={(text) =>
                change(at, { ...group, label: reworded(group.label, text) }, `navigation_${at}`)
              }
            />
            <IconButton
              icon="arrow-up"
              size="small"
              label={t("d.moveUp")}
              disabled={at === 0}
              onClick={() => onChange(moved(groups, at, at - 1))}
            />
            <IconButton
              icon="trash"
              size="small"
              label={t("common.remove")}
              onClick={() => onChange(groups.filter((_group, other) => other !== at))}
            />
          </div>
          <ul>
            {group.items.map((item, index) => {
              const kind = ENTRY_KINDS.find((other) => item[other]) ?? "form";
              const key = item[kind] ?? "";
              const icon: unknown = documents[idOf(kind, key)]?.icon;
              return (
                <li key={`${kind}/${key}`} className="row">
                  <Icon name={typeof icon === "string" ? icon : kindIcon(kind)} />
                  <span className="grow ellipsis">
                    {words(documents[idOf(kind, key)]?.label, key)}
                  </span>
                  <IconButton
                    icon="arrow-up"
                    size="small"
                    label={t("d.moveUp")}
                    disabled={index === 0 && at === 0}
                    onClick={() => {
                      if (index > 0)
                        change(at, { ...group, items: moved(group.items, index, index - 1) });
                      else
                        onChange(
                          groups.map((other, position) => {
                            if (position === at) return { ...other, items: other.items.slice(1) };
                            return position === at - 1
                              ? { ...other, items: [...other.items, item] }
                              : other;
                          }),
                        );
                    }}
                  />
                  <IconButton
                    icon="arrow-down"
                    size="small"
                    label={t("d.moveDown")}
                    disabled={index === group.items.length - 1 && at === groups.length - 1}
                    onClick={() => {
                      if (index < group.items.length - 1)
                        change(at, { ...group, items: moved(group.items, index, index + 1) });
                      else
                        onChange(
                          groups.map((other, position) => {
                            if (position === at)
                              return { ...other, items: other.items.filter((one) => one !== item) };
                            return position === at + 1
                              ? { ...other, items: [item, ...other.items] }
                              : other;
                          }),
                        );
                    }}
                  />
                  <IconButton
                    icon="close"
                    size="small"
                    label={t("common.remove")}
                    onClick={() =>
                      change(at, {
                        ...group,
                        items: group.items.filter((_item, other) => other !== index),
                      })
                    }
                  />
                </li>
              );
            })}
          </ul>
          <Menu
            items={missing.map((body) => ({
              key: idOf(body.kind, body.key),
              label: words(body.label, body.key),
              icon: kindIcon(body.kind),
              run: () =>
                change(at, { ...group, items: [...group.items, { [body.kind]: body.key }] }),
            }))}
          >
            <Button kind="link" size="small" icon="add" disabled={missing.length === 0}>
              {t("d.addItem")}
            </Button>
          </Menu>
        </div>
      ))}
      <Button
        size="small"
        icon="add"
        onClick={() => onChange([...groups, { label: t("d.navigationGroup"), items: [] }])}
      >
        {t("d.addGroup")}
      </Button>
    </div>
  );
}
