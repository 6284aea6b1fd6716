/** While the application is published and its rows come in; then on to the records, or to what went wrong. */
import { useEffect } from "react";

import { queryClient } from "@/shared/queries";
import { useLocation } from "@/shared/router";
import { Button } from "@/shared/ui/Button";
import { Empty } from "@/shared/ui/Empty";
import { Failure, Problems } from "@/shared/ui/Problems";
import { attempt } from "@/shared/ui/toast";
import { t } from "@/shared/texts/table";

import { Progress } from "../import/Progress";
import { ended, stopWork, useWork } from "../import/work";
import { keys } from "../queries";

interface Props {
  app: string;
  form: string;
  work: string;
}

export function Making({ app, form, work: id }: Props) {
  const [, navigate] = useLocation();
  const work = useWork(id);
  const state = work.data;
  const over = ended(state);
  // The number of rows is known as soon as the application is published.
  const published = state?.total != null;
  const smooth = state?.state === "done" && !state.problems.length && !state.failed;
  useEffect(() => {
    if (!over || !published) return;
    void (async () => {
      await queryClient.invalidateQueries({ queryKey: keys.apps });
      await queryClient.invalidateQueries({ queryKey: ["builder", "applications"] });
      const there = `/apps/${app}/${form}`;
      navigate(smooth ? there : `${there}/import?work=${id}`, { replace: true });
    })();
  }, [over, published, smooth, app, form, id, navigate]);

  if (work.isError) return <Failure error={work.error} onRetry={() => void work.refetch()} />;
  if (over && !published) {
    return (
      <>
        <Empty
          icon="warning"
          title={state?.state === "cancelled" ? t("table.stopped") : t("table.failed")}
          actions={
            <>
              <Button href="/">{t("common.home")}</Button>
              <Button kind="primary" href={`/design/${app}`}>
                {t("table.openDesign")}
              </Button>
            </>
          }
        />
        <Problems
          problems={(state?.problems ?? []).map(({ code, message }) => ({
            path: "",
            code,
            message,
          }))}
        />
      </>
    );
  }
  return (
    <>
      <Progress work={state} label={published ? t("table.importing") : t("table.making")} />
      <p className="meta">{t("table.leave")}</p>
      <footer className="import-foot">
        <span className="grow" />
        <Button
          disabled={!state || over}
          onClick={() => void attempt(() => stopWork(id)).then(() => work.refetch())}
        >
          {t("table.stop")}
        </Button>
      </footer>
    </>
  );
}
