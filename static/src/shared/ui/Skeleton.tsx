/** Grey bars that appear when something takes longer than 300 ms. */
import { useEffect, useState } from "react";

import { t } from "../texts";

export function useDelayed(ms: number = 300): boolean {
  const [passed, setPassed] = useState(ms === 0);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

interface Props {
  lines?: number;
  height?: number;
  gap?: number;
}

export function Skeleton({ lines = 3, height = 16, gap = 12 }: Props) {
  const shown = useDelayed();
  if (!shown) return null;
  return (
    <div className="skeleton" role="status" aria-label={t("common.loading")} style={{ gap }}>
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} style={{ height, width: i === lines - 1 && lines > 1 ? "62%" : "100%" }} />
      ))}
    </div>
  );
}

export function PageSkeleton() {
  return (
    <div style={{ padding: "var(--page)" }}>
      <h1 className="visually-hidden">{t("common.loading")}</h1>
      <Skeleton lines={8} height={24} />
    </div>
  );
}
