/** Whether everything runs. */
import { useQuery } from "@tanstack/react-query";

import { address } from "@/shared/api";
import { clock } from "@/shared/format";
import { Icon } from "@/shared/icons";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Tag } from "@/shared/ui/Tag";
import { t } from "@/shared/texts/platform";

import { useTitle } from "../title";

const PARTS = ["database", "broker", "worker", "clock"] as const;

export default function StatusPage() {
  useTitle(t("status.title"));
  // Not healthy is answered with 503 and the same body, which is no failure here.
  const health = useQuery({
    queryKey: ["health"],
    queryFn: async ({ signal }) =>
      (await (
        await fetch(address("/healthz"), { signal, headers: { Accept: "application/json" } })
      ).json()) as Record<string, string>,
    refetchInterval: 5000,
    retry: false,
  });
  const good = PARTS.every((part) => health.data?.[part] === "ok");
  return (
    <div className="page is-narrow">
      <header className="page-head">
        <h1 className="grow">{t("status.title")}</h1>
        {health.dataUpdatedAt > 0 && (
          <span className="meta">
            {t("status.checked", { time: clock(new Date(health.dataUpdatedAt)) })}
          </span>
        )}
      </header>
      {health.isPending ? (
        <Skeleton lines={5} height={32} />
      ) : health.isError ? (
        <Failure error={health.error} onRetry={() => void health.refetch()} />
      ) : (
        <div className="panel stack">
          <p className={`row ${good ? "success-text" : "danger-text"}`} role="status">
            <Icon name={good ? "success" : "warning"} size={20} />
            <b>{good ? t("status.good") : t("status.bad")}</b>
          </p>
          <ul className="status-list">
            {PARTS.map((part) => {
              const ok = health.data[part] === "ok";
              return (
                <li key={part} className="row">
                  <span className="grow">
                    <b>{t(`status.${part}`)}</b>
                    <span className="meta status-text">{t(`status.${part}Text`)}</span>
                  </span>
                  <Tag color={ok ? "green" : "red"}>{ok ? t("status.ok") : t("status.notOk")}</Tag>
                </li>
              );
            })}
          </ul>
        </div>
      )}
    </div>
  );
}
