/** Publishing the draft: saved first; what went wrong in a sentence, what came of it as a number. */
import { useState } from "react";

import { ApiError } from "@/shared/api";
import { sentence } from "@/shared/ui/Problems";

import { useSession } from "../session";
import { t } from "../texts";

export function usePublishing() {
  const session = useSession();
  const [accepted, setAccepted] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  /** The release that was made. */
  const [done, setDone] = useState<number | null>(null);

  const publish = async (note: string): Promise<boolean> => {
    setBusy(true);
    setFailure(null);
    try {
      if (!(await session.saver.flush())) {
        setFailure(t("d.unsaved"));
        return false;
      }
      setDone(await session.publishDraft(accepted, note));
      setAccepted(false);
      return true;
    } catch (error) {
      await session.check();
      setFailure(
        error instanceof ApiError && error.status === 409 && !error.problems.length
          ? t("d.stalePublish")
          : sentence(error),
      );
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { accepted, setAccepted, busy, failure, setFailure, done, publish };
}
