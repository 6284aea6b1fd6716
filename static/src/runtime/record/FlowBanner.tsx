/** Where the record's flow stands: 「等待王芳审批 · 2 小时」. */
import { useState } from "react";

import { api } from "@/shared/api";
import { duration } from "@/shared/format";
import { Icon } from "@/shared/icons";
import type { FlowState, FormInfo } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Modal } from "@/shared/ui/Modal";
import { attempt, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/record";

import { listSeparator, recordsChanged } from "../queries";
import { usePerson } from "../session";
import { RunProgress } from "./RunProgress";

export function flowSentence(flow: FlowState): string {
  if (flow.state === "blocked") return t("record.blocked", { flow: flow.label });
  if (flow.state === "done" || flow.state === "cancelled")
    return t("record.finished", { flow: flow.label });
  const time = duration(flow.since);
  const people = flow.waiting_for.map((person) => person.name).join(listSeparator);
  return people
    ? t("record.waiting", { people, time })
    : t("record.waitingNobody", { flow: flow.label, time });
}

export function FlowBanner({
  form,
  id,
  flow,
  starter,
}: {
  form: FormInfo;
  id: number;
  flow: FlowState;
  starter: number | null;
}) {
  const person = usePerson();
  const [open, setOpen] = useState(false);
  const running = flow.state !== "done" && flow.state !== "cancelled";
  const act = async (action: "withdraw" | "urge", said: string) => {
    const done = await attempt(() => api.post(`/api/runs/${flow.run}/${action}`));
    if (done !== undefined) toast(said, { kind: "success" });
    await recordsChanged(form.app, form.key, id);
  };
  return (
    <div className={`flow-banner is-${flow.state}`} role="status">
      <Icon name={flow.state === "blocked" ? "warning" : "clock"} />
      <span className="grow">{flowSentence(flow)}</span>
      <Button size="small" kind="text" onClick={() => setOpen(true)}>
        {t("record.progress")}
      </Button>
      {running && person && starter === person.id && (
        <>
          <Button size="small" kind="text" onClick={() => void act("urge", t("record.urged"))}>
            {t("record.urge")}
          </Button>
          <Button
            size="small"
            kind="text"
            onClick={() => void act("withdraw", t("record.withdrawn"))}
          >
            {t("record.withdraw")}
          </Button>
        </>
      )}
      {open && (
        <Modal
          open
          title={`${t("record.flowProgress")} · ${flow.label}`}
          onClose={() => setOpen(false)}
          footer={null}
        >
          <RunProgress run={flow.run} />
        </Modal>
      )}
    </div>
  );
}
