/** What a package would change in the application of its key that is there already. */
import { localized } from "@/shared/i18n";
import type { Text } from "@/shared/types";
import { Tag } from "@/shared/ui/Tag";
import { t } from "@/shared/texts/home";

const SHOWN = 30;

interface Change {
  kind: string;
  key: string;
  label: Text;
  change: "added" | "changed" | "removed";
  where: string[];
}

export interface Arrived {
  application: string;
  exists: boolean;
  changes: Change[];
}

const COLORS = { added: "green", changed: "blue", removed: "red" } as const;

export function PackageChanges({ package: arrived }: { package: Arrived }) {
  const { application, changes } = arrived;
  return (
    <div className="stack" role="status">
      <p>{t("home.packageThere", { label: application })}</p>
      {changes.length === 0 ? (
        <p className="muted">{t("home.packageSame")}</p>
      ) : (
        <ul className="package-changes">
          {changes.slice(0, SHOWN).map((change, index) => (
            <li key={index} className="row">
              <Tag color={COLORS[change.change]}>{t(`home.${change.change}`)}</Tag>
              <span className="ellipsis">
                {[localized(change.label) || change.key, ...change.where].join(" › ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {changes.length > SHOWN && (
        <p className="meta">{t("home.packageMore", { n: changes.length - SHOWN })}</p>
      )}
    </div>
  );
}
