/** Exporting the list as it stands; long work is waited for, then downloaded. */
import { api, address, ApiError } from "@/shared/api";
import { t } from "@/shared/texts/list";
import { failed, toast } from "@/shared/ui/toast";

import { type ListQuery, listParameters } from "./useList";

interface Work {
  state: "queued" | "running" | "done" | "failed" | "cancelled";
  result_file: string | null;
}

function download(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

export async function exportList(
  query: ListQuery,
  format: "xlsx" | "csv",
  name: string,
  columns: string[],
): Promise<void> {
  const path = address(`/api/apps/${query.app}/records/${query.form}/export`, {
    ...listParameters(query),
    format,
    fields: columns.join(","),
  });
  try {
    const response = await fetch(path, { credentials: "same-origin" });
    if (response.status === 202) {
      const { work } = (await response.json()) as { work: string };
      toast(t("list.exporting"));
      await finish(work, `${name}.${format}`);
      return;
    }
    if (!response.ok) {
      const body = (await response.json().catch(() => null)) as { problems?: [] } | null;
      throw new ApiError(response.status, body?.problems ?? [], null, null);
    }
    const url = URL.createObjectURL(await response.blob());
    download(url, `${name}.${format}`);
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    failed(error);
  }
}

async function finish(work: string, name: string): Promise<void> {
  for (;;) {
    const state = await api.get<Work>(`/api/work/${work}`);
    if (state.state === "done" && state.result_file) {
      download(state.result_file, name);
      return;
    }
    if (state.state === "done" || state.state === "failed" || state.state === "cancelled") {
      toast(t("list.exportFailed"), { kind: "error" });
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
