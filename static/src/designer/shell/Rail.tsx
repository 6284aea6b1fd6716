/** The 64 px rail: the designer's sections. On a phone it lies at the bottom. */
import { Icon } from "@/shared/icons";
import { Link } from "@/shared/router";

import type { Address } from "../Designer";
import { SECTIONS } from "../kinds";
import { useSession, useSessionState } from "../session";
import { t } from "../texts";

export function Rail({ address }: { address: Address }) {
  const { app } = useSession();
  const { check } = useSessionState();
  const wrong = new Set(
    (check?.problems ?? [])
      .filter((problem) => problem.severity !== "warning")
      .map((problem) => problem.path.split("/")[1]),
  );
  return (
    <nav className="rail" aria-label={t("d.sections")}>
      {SECTIONS.map((section) => {
        const current = address.section === section.path;
        return (
          <Link
            key={section.path}
            href={section.path ? `/design/${app}/${section.path}` : `/design/${app}`}
            className={`rail-item${current ? " is-current" : ""}`}
            aria-current={current ? "page" : undefined}
          >
            <span className="rail-icon">
              <Icon name={section.icon} size={20} />
              {wrong.has(section.path) && <span className="rail-dot" />}
            </span>
            <span className="rail-label">{section.short ?? section.label}</span>
          </Link>
        );
      })}
    </nav>
  );
}
