/** The name of the open definition as the page's heading, and the way to its neighbours. */
import { Icon } from "@/shared/icons";
import { useLocation } from "@/shared/router";
import { Menu, type MenuEntry } from "@/shared/ui/Menu";

import { idOf, type Kind } from "../core/definitions";
import { designPath, kindIcon } from "../kinds";
import { useBodies, useDocuments, useSession, words } from "../session";
import { t } from "../texts";

export function DocumentTitle({ kind, docKey }: { kind: Kind; docKey: string }) {
  const session = useSession();
  const documents = useDocuments();
  const bodies = useBodies(kind);
  const [, navigate] = useLocation();
  const name = words(documents[idOf(kind, docKey)]?.label, docKey);
  const others: MenuEntry[] = bodies.map((body) => ({
    key: body.key,
    label: words(body.label, body.key),
    icon: typeof body.icon === "string" ? body.icon : kindIcon(kind),
    run: () => navigate(designPath(session.app, kind, body.key)),
  }));
  return (
    <h1 className="document-title">
      <Menu
        items={[
          ...others,
          "line",
          {
            key: "+all",
            label: t("d.showAll"),
            icon: "list",
            run: () => navigate(designPath(session.app, kind)),
          },
        ]}
      >
        <button type="button" className="plain" aria-haspopup="menu">
          <span className="ellipsis">{name}</span>
          <Icon name="chevron-down" size={14} />
        </button>
      </Menu>
    </h1>
  );
}
