/** New definitions and removed ones: each is one step that can be undone, navigation included. */
import type { Body, Documents, Kind } from "./core/definitions";
import { idOf } from "./core/definitions";
import { newFlow } from "./core/flow";
import { emptyReport } from "./core/report";
import { blankRule } from "./rule/recipes";
import { bodiesOf, words, type Session } from "./session";
import { t } from "./texts";

export const SHOWN_IN_NAVIGATION: readonly Kind[] = ["form", "dashboard"];

export function blank(kind: Kind, key: string, label: string, form: string | null): Body {
  const head = { kind, key, format: 1, label };
  switch (kind) {
    case "form":
      return { ...head, fields: {}, layout: [] };
    case "flow":
      return newFlow(key, label, form ?? "");
    case "rule":
      return blankRule(key, label, form ?? "");
    case "report":
      return emptyReport(key, label, form ?? "");
    case "dashboard":
      return { ...head, widgets: [] };
    case "role":
      return { ...head, grants: [] };
    default:
      return head;
  }
}

interface Item {
  form?: string;
  dashboard?: string;
  report?: string;
}
interface Group {
  label?: unknown;
  items: Item[];
}

/** The application with an entry for the definition, in its last group of forms or a first one. */
export function withNavigation(application: Body, kind: Kind, key: string): Body {
  const groups = (application.navigation ?? []) as Group[];
  const item = { [kind]: key } as Item;
  if (
    groups.some((group) =>
      group.items.some((other) => (other as Record<string, unknown>)[kind] === key),
    )
  )
    return application;
  const last = groups.at(-1);
  if (!last)
    return { ...application, navigation: [{ label: application.label as unknown, items: [item] }] };
  // A dashboard is looked at first: it opens the first group.
  const at = kind === "dashboard" ? 0 : groups.length - 1;
  return {
    ...application,
    navigation: groups.map((group, index) => {
      if (index !== at) return group;
      return {
        ...group,
        items: kind === "dashboard" ? [item, ...group.items] : [...group.items, item],
      };
    }),
  };
}

export function withoutNavigation(application: Body, kind: Kind, key: string): Body {
  const groups = (application.navigation ?? []) as Group[];
  return {
    ...application,
    navigation: groups
      .map((group) => ({
        ...group,
        items: group.items.filter((item) => (item as Record<string, unknown>)[kind] !== key),
      }))
      .filter((group) => group.items.length > 0),
  };
}

function withApplication(
  documents: Documents,
  app: string,
  change: (body: Body) => Body,
): Documents {
  const id = idOf("application", app);
  const application = documents[id];
  return application ? { ...documents, [id]: change(application) } : documents;
}

/** Creates a definition under a key proposed from its name; answers the key. */
export async function create(
  session: Session,
  kind: Kind,
  label: string,
  form: string | null,
): Promise<string> {
  const taken = bodiesOf(session.workspace.all(), kind).map((body) => body.key);
  const key = await session.key(label, taken, kind);
  session.workspace.runAll(idOf("application", session.app), {
    name: `create_${kind}`,
    label: label,
    run: (documents) => {
      const added = { ...documents, [idOf(kind, key)]: blank(kind, key, label, form) };
      return SHOWN_IN_NAVIGATION.includes(kind)
        ? withApplication(added, session.app, (body) => withNavigation(body, kind, key))
        : added;
    },
  });
  return key;
}

export function remove(session: Session, kind: Kind, key: string): void {
  const id = idOf(kind, key);
  session.workspace.runAll(idOf("application", session.app), {
    name: `remove_${kind}`,
    label: t("d.removed", { name: words(session.workspace.get(id)?.label, key) }),
    run: (documents) => {
      const { [id]: _gone, ...rest } = documents;
      return withApplication(rest, session.app, (body) => withoutNavigation(body, kind, key));
    },
  });
}
