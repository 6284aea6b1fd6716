/** How far an import is. */
import { number } from "@/shared/format";
import { t } from "@/shared/texts/import";

import type { Work } from "./work";

export function Progress({ work, label }: { work: Work | undefined; label: string }) {
  const total = work?.total ?? 0;
  const done = work?.done ?? 0;
  return (
    <div className="import-progress">
      <h2>{label}</h2>
      <div
        className={`import-track${total ? "" : " is-unknown"}`}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total || undefined}
        aria-valuenow={total ? done : undefined}
      >
        <span style={{ width: total ? `${Math.round((done / total) * 100)}%` : "30%" }} />
      </div>
      <p className="meta">
        {total ? t("wizard.progress", { done: number(done), total: number(total) }) : " "}
      </p>
    </div>
  );
}
