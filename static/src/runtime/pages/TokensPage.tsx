/** Personal tokens for other systems. */
import "../people/people.css";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ApiError, api } from "@/shared/api";
import { copyText } from "@/shared/clipboard";
import { EMPTY, moment } from "@/shared/format";
import { queryClient } from "@/shared/queries";
import { Button, IconButton } from "@/shared/ui/Button";
import { DatePicker } from "@/shared/ui/DatePicker";
import { Empty } from "@/shared/ui/Empty";
import { Field } from "@/shared/ui/Field";
import { Input } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";
import { Failure } from "@/shared/ui/Problems";
import { Skeleton } from "@/shared/ui/Skeleton";
import { attempt, failed, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/platform";

import { useTitle } from "../title";

interface Token {
  id: number;
  name: string;
  prefix?: string;
  created_at?: string;
  expires_at: string | null;
  last_used_at: string | null;
}

const KEY = ["tokens"];

export default function TokensPage() {
  useTitle(t("tokens.title"));
  const tokens = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) =>
      (await api.get<{ tokens: Token[] }>("/api/tokens", { signal })).tokens,
  });
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const revoke = async (token: Token) => {
    setRevoking(null);
    const done = await attempt(() => api.delete(`/api/tokens/${token.id}`));
    if (done !== undefined) toast(t("tokens.revoked", { name: token.name }));
    await queryClient.invalidateQueries({ queryKey: KEY });
  };
  return (
    <div className="page is-narrow">
      <header className="page-head">
        <div className="grow">
          <h1>{t("tokens.title")}</h1>
          <p className="muted">{t("tokens.text")}</p>
        </div>
        <Button kind="primary" icon="add" onClick={() => setMaking(true)}>
          {t("tokens.new")}
        </Button>
      </header>
      <div className="panel table-panel">
        {tokens.isPending ? (
          <Skeleton lines={4} height={24} />
        ) : tokens.isError ? (
          <Failure error={tokens.error} onRetry={() => void tokens.refetch()} />
        ) : tokens.data.length === 0 ? (
          <Empty icon="key" title={t("tokens.empty")} />
        ) : (
          <table className="people-table">
            <thead>
              <tr>
                <th scope="col">{t("tokens.name")}</th>
                <th scope="col">{t("tokens.prefix")}</th>
                <th scope="col">{t("tokens.created")}</th>
                <th scope="col">{t("tokens.expires")}</th>
                <th scope="col">{t("tokens.used")}</th>
                <th scope="col">
                  <span className="visually-hidden">{t("tokens.revoke")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {tokens.data.map((token) => (
                <tr key={token.id}>
                  <td>{token.name}</td>
                  <td className="muted">{token.prefix ? `${token.prefix}…` : EMPTY}</td>
                  <td>{token.created_at ? moment(token.created_at) : EMPTY}</td>
                  <td>{token.expires_at ? moment(token.expires_at) : t("tokens.never")}</td>
                  <td>{token.last_used_at ? moment(token.last_used_at) : t("tokens.unused")}</td>
                  <td className="people-more">
                    <IconButton
                      icon="trash"
                      label={t("tokens.revokeName", { name: token.name })}
                      onClick={() => setRevoking(token)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {making && (
        <NewToken
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false);
            setSecret(token);
            void queryClient.invalidateQueries({ queryKey: KEY });
          }}
        />
      )}
      {secret && (
        <Modal
          open
          title={t("tokens.new")}
          onClose={() => setSecret(null)}
          footer={
            <div className="modal-footer">
              <Button
                icon="copy"
                onClick={() =>
                  void attempt(() => copyText(secret).then(() => toast(t("common.copied"))))
                }
              >
                {t("tokens.copy")}
              </Button>
              <Button kind="primary" onClick={() => setSecret(null)}>
                {t("common.done")}
              </Button>
            </div>
          }
        >
          <div className="stack">
            <p>{t("tokens.once")}</p>
            <code className="secret">{secret}</code>
          </div>
        </Modal>
      )}
      {revoking && (
        <Modal
          open
          title={t("tokens.revokeName", { name: revoking.name })}
          onClose={() => setRevoking(null)}
          action={{ label: t("tokens.revoke"), danger: true, run: () => void revoke(revoking) }}
        >
          <p>{t("tokens.revokeText", { name: revoking.name })}</p>
        </Modal>
      )}
    </div>
  );
}

function NewToken({ onClose, onMade }: { onClose: () => void; onMade: (token: string) => void }) {
  const [name, setName] = useState("");
  const [until, setUntil] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const made = await api.post<{ token: string }>("/api/tokens", {
        name: name.trim(),
        ...(until ? { expires_at: until } : {}),
      });
      onMade(made.token);
    } catch (error) {
      if (error instanceof ApiError && error.problems[0]) setProblem(error.problems[0].message);
      else failed(error);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("tokens.new")}
      onClose={onClose}
      action={{ label: t("common.create"), run: () => void run(), busy, disabled: !name.trim() }}
    >
      <div className="stack form-stack">
        <Field label={t("tokens.name")} required problem={problem}>
          {({ id }) => (
            <Input
              id={id}
              value={name}
              autoFocus
              placeholder={t("tokens.nameHint")}
              onChange={setName}
              onPressEnter={() => name.trim() && void run()}
            />
          )}
        </Field>
        <Field label={t("tokens.expires")}>
          {({ id }) => (
            <DatePicker
              id={id}
              time
              value={until}
              placeholder={t("tokens.never")}
              onChange={setUntil}
            />
          )}
        </Field>
      </div>
    </Modal>
  );
}
