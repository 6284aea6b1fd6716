/** The address of a public form once it is published: opened, copied, closed and opened again. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, ApiError } from "@/shared/api";
import { copyText } from "@/shared/clipboard";
import { Button } from "@/shared/ui/Button";
import { Tag } from "@/shared/ui/Tag";
import { attempt, toast } from "@/shared/ui/toast";

import { useSession, useSessionState } from "../session";
import { t } from "../texts";

interface Link {
  url: string;
  closed: boolean;
}

export function PublicLink({ form, on }: { form: string; on: boolean }) {
  const { app } = useSession();
  const { info } = useSessionState();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const path = `/api/apps/${app}/forms/${form}/public-link`;
  const key = ["public-link", app, form, info.release];
  const published = info.definitions.some(
    (one) => one.kind === "form" && one.key === form && one.state !== "added",
  );
  const link = useQuery({
    queryKey: key,
    queryFn: async (): Promise<Link | null> => {
      try {
        return await api.get<Link>(path);
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    enabled: published,
    retry: false,
  });
  const change = (method: "POST" | "DELETE") =>
    attempt(async () => {
      setBusy(true);
      try {
        if (method === "POST") await api.post(path);
        else await api.delete(path);
        await client.invalidateQueries({ queryKey: key });
      } catch (error) {
        // The form in force does not publish any field yet.
        if (error instanceof ApiError && error.status === 404)
          toast(t("form.publicAfter"), { kind: "error" });
        else throw error;
      } finally {
        setBusy(false);
      }
    });
  if (!on && !link.data) return null;
  const address = link.data ? window.location.origin + link.data.url : "";
  const code = `${path}/code.svg`;
  const open = link.data && !link.data.closed;
  return (
    <section className="panel">
      <div className="control-inline">
        <h2>{t("form.publicLink")}</h2>
        {link.data && (
          <Tag color={open ? "green" : "grey"}>
            {open ? t("form.publicOpen") : t("form.publicClosed")}
          </Tag>
        )}
      </div>
      {!published || (link.isSuccess && !link.data) ? (
        <>
          <p className="muted">{published ? t("form.publicMake") : t("form.publicAfter")}</p>
          {published && (
            <Button icon="link" busy={busy} onClick={() => void change("POST")}>
              {t("form.publicGet")}
            </Button>
          )}
        </>
      ) : (
        link.data && (
          <>
            <input
              className="native-control public-address"
              readOnly
              aria-label={t("form.publicLink")}
              value={address}
              onFocus={(event) => event.currentTarget.select()}
            />
            <img
              className="public-code"
              src={code}
              width={148}
              height={148}
              alt={t("form.publicCode")}
            />
            <div className="row is-wrapping">
              <a href={code} download={`${form}.svg`}>
                {t("form.publicDownload")}
              </a>
              <Button
                icon="copy"
                onClick={() =>
                  void attempt(async () => {
                    await copyText(address);
                    toast(t("form.publicCopied"), { kind: "success", seconds: 2 });
                  })
                }
              >
                {t("form.publicCopy")}
              </Button>
              <a href={link.data.url} target="_blank" rel="noreferrer">
                {t("form.publicVisit")}
              </a>
              <span className="grow" />
              <Button kind="text" busy={busy} onClick={() => void change(open ? "DELETE" : "POST")}>
                {open ? t("form.publicStop") : t("form.publicResume")}
              </Button>
            </div>
          </>
        )
      )}
    </section>
  );
}
