/** Walking a flow with a record that exists: where it would go, without asking or changing anything. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/shared/api";
import type { RecordList } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { sentence } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";

import { base } from "../api";
import type { Flow } from "../core/definitions";
import { useSession, useSessionState } from "../session";
import { t } from "../texts";
import { nodeLabel } from "./sentence";

interface Answer {
  path: string[];
  explanation?: unknown;
}

export function FlowTest({
  flow,
  onPath,
  onClose,
}: {
  flow: Flow;
  onPath: (path: string[]) => void;
  onClose: () => void;
}) {
  const session = useSession();
  const { info } = useSessionState();
  const [record, setRecord] = useState<number | null>(null);
  const [search, setSearch] = useState("");
  const [answer, setAnswer] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const records = useQuery({
    queryKey: ["test-records", session.app, flow.form, search],
    queryFn: () =>
      api.get<RecordList>(`/api/apps/${session.app}/records/${flow.form}`, {
        query: { limit: 20, search },
      }),
    enabled: info.release !== null,
    retry: false,
  });
  const close = () => {
    onPath([]);
    onClose();
  };
  const run = async () => {
    if (record === null) return;
    setBusy(true);
    try {
      const found = await api.post<Answer>(`${base(session.app)}/flows/try`, { flow, record });
      onPath(found.path);
      const names = found.path.map((key) => nodeLabel(session.catalogue, flow.nodes[key]));
      setAnswer(
        names.length ? t("flow.testPath", { path: names.join(" → ") }) : t("flow.testNotStarted"),
      );
    } catch (error) {
      setAnswer(sentence(error));
    } finally {
      setBusy(false);
    }
  };
  const list = records.data?.records ?? [];
  return (
    <div className="flow-test" role="region" aria-label={t("flow.test")}>
      {info.release === null || records.isError ? (
        <p>{t("flow.testNeedsRelease")}</p>
      ) : (
        <>
          <p className="muted">
            {list.length || !records.isSuccess || search
              ? t("flow.testText")
              : t("flow.testNoRecords")}
          </p>
          <div className="row">
            <Select<number>
              aria-label={t("flow.testRecord")}
              width={280}
              value={record}
              placeholder={t("flow.testRecord")}
              options={list.map((one) => ({ value: one.id, label: one.label ?? String(one.id) }))}
              onSearch={setSearch}
              loading={records.isFetching}
              onChange={setRecord}
            />
            <Button
              kind="primary"
              icon="play"
              disabled={record === null}
              busy={busy}
              onClick={() => void run()}
            >
              {t("flow.testRun")}
            </Button>
            {answer && <span role="status">{answer}</span>}
          </div>
        </>
      )}
      <IconButton icon="close" label={t("common.close")} onClick={close} />
    </div>
  );
}
