/** One record on its own page. */
import { useState } from "react";

import { useLocation } from "@/shared/router";
import { IconButton } from "@/shared/ui/Button";
import { Failure } from "@/shared/ui/Problems";
import { PageSkeleton } from "@/shared/ui/Skeleton";
import { t } from "@/shared/texts/record";

import { useForm } from "../queries";
import { RecordView } from "../record/RecordView";
import { useShell } from "../shell/context";
import { useTitle } from "../title";

export default function RecordPage({
  app,
  form: key,
  id,
}: {
  app: string;
  form: string;
  id: number;
}) {
  const form = useForm(app, key);
  const { app: info } = useShell();
  const [title, setTitle] = useState("");
  const [, navigate] = useLocation();
  useTitle(title, form.data?.label, info?.label);
  if (form.isPending) return <PageSkeleton />;
  if (form.isError) return <Failure error={form.error} onRetry={() => void form.refetch()} />;
  const back = () => navigate(`/apps/${app}/${key}`);
  return (
    <div className="record-page">
      <RecordView
        page
        form={form.data}
        id={id}
        onGone={back}
        onTitle={setTitle}
        lead={
          <IconButton
            icon="arrow-left"
            label={`${t("record.backToList")} · ${form.data.label}`}
            onClick={back}
          />
        }
      />
    </div>
  );
}
