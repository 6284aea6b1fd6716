/** The kinds of definitions as the designer shows them: their section, icon and words. */
import type { Kind } from "./core/definitions";
import { t } from "./texts";

export interface Section {
  path: string;
  icon: string;
  label: string;
  kind: Kind | null;
  /** What fits below the icon on the rail. */
  short?: string;
}

export const SECTIONS: readonly Section[] = [
  {
    path: "",
    icon: "overview",
    label: t("d.overview"),
    kind: null,
    short: t("d.overviewShort"),
  },
  { path: "forms", icon: "form", label: t("d.forms"), kind: "form" },
  { path: "flows", icon: "flow", label: t("d.flows"), kind: "flow" },
  { path: "rules", icon: "rule", label: t("d.rules"), kind: "rule" },
  { path: "reports", icon: "report", label: t("d.reports"), kind: "report" },
  {
    path: "dashboards",
    icon: "dashboard",
    label: t("d.dashboards"),
    kind: "dashboard",
    short: t("d.boards"),
  },
  { path: "roles", icon: "role", label: t("d.roles"), kind: "role" },
  {
    path: "release",
    icon: "release",
    label: t("d.release"),
    kind: null,
    short: t("d.releaseShort"),
  },
];

const FIELD_ICONS: Record<string, string> = {
  check: "check_box",
  date: "calendar",
  moment: "clock",
  email: "mail",
  long_text: "long-text",
  person: "user",
};

/** The icon of a field type: its own name, or the drawing that stands for it. */
export function fieldIcon(name: string | undefined): string {
  return FIELD_ICONS[name ?? ""] ?? name ?? "text";
}

const LABELS: Record<string, string> = {
  application: t("d.kindApplication"),
  form: t("d.kindForm"),
  flow: t("d.kindFlow"),
  rule: t("d.kindRule"),
  report: t("d.kindReport"),
  dashboard: t("d.kindDashboard"),
  role: t("d.kindRole"),
};

export function kindLabel(kind: string): string {
  return LABELS[kind] ?? kind;
}

export function kindIcon(kind: string): string {
  return SECTIONS.find((section) => section.kind === kind)?.icon ?? "settings";
}

export function designPath(app: string, kind: string, key?: string): string {
  if (kind === "application") return `/design/${app}`;
  return key ? `/design/${app}/${kind}s/${key}` : `/design/${app}/${kind}s`;
}

/** Where a problem's path leads: "/forms/deal/fields/amount/min" → the form, with its field selected. */
export function placeOfProblem(app: string, path: string): string {
  const [section = "", key = "", ...rest] = path.replace(/^\//, "").split("/");
  if (!section || section === "applications" || section === "application") return `/design/${app}`;
  const inner = rest.length ? `?at=${encodeURIComponent(rest.join("/"))}` : "";
  return `/design/${app}/${section}/${key}${inner}`;
}
