/** The form over the page it was opened from. */
import "./form.css";

import { useState } from "react";

import { useLocation } from "@/shared/router";
import type { RecordData, Value } from "@/shared/types";
import { IconButton } from "@/shared/ui/Button";
import { Drawer } from "@/shared/ui/Drawer";
import { Empty } from "@/shared/ui/Empty";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/form";

import { recordsChanged, useForm } from "../queries";
import { RecordForm } from "./RecordForm";

const NONE: Record<string, Value> = {};

interface Props {
  app: string;
  form: string;
  values?: Record<string, Value>;
  onSaved?: (record: RecordData) => void;
  onClose: () => void;
}

export default function FillDrawer({ app, form: key, values = NONE, onSaved, onClose }: Props) {
  const form = useForm(app, key);
  const [, navigate] = useLocation();
  const [open, setOpen] = useState(true);
  const close = () => setOpen(false);
  const title = form.data ? t("form.new", { form: form.data.label }) : "";
  const saved = (record: RecordData, again: boolean) => {
    void recordsChanged(app, key);
    onSaved?.(record);
    if (record.version === undefined) {
      // Whoever may only hand in does not see it afterwards.
      toast(t("form.createdUnseen"), { kind: "success" });
    } else if (!onSaved || again) {
      toast(record.label ? t("form.created", { name: record.label }) : t("form.createdPlain"), {
        kind: "success",
        action: { label: t("form.view"), run: () => navigate(`/apps/${app}/${key}/${record.id}`) },
      });
    }
    if (!again) close();
  };
  return (
    <Drawer open={open} onClose={close} afterClose={onClose} width={560} label={title}>
      <div className="drawer-head">
        <h1 className="grow ellipsis">{title}</h1>
        <IconButton icon="close" label={t("common.close")} onClick={close} noTooltip />
      </div>
      {form.isError ? (
        <Failure error={form.error} onRetry={() => void form.refetch()} />
      ) : !form.data ? (
        <div className="drawer-wait">
          <Skeleton lines={8} height={32} />
        </div>
      ) : form.data.rights.create ? (
        <RecordForm form={form.data} given={values} onSaved={saved} onCancel={close} />
      ) : (
        <Empty icon="lock" title={t("form.notAllowed", { form: form.data.label })} />
      )}
    </Drawer>
  );
}
