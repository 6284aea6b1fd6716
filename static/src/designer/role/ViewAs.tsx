/** Through somebody's eyes: open the application as a person, and ask why he sees a record or not. */
import { useState } from "react";

import { api } from "@/shared/api";
import { Button } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { sentence } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";
import { Tag } from "@/shared/ui/Tag";

import { usePeople } from "../parts/schema/pickers";
import { useBodies, useSession, useSessionState, words } from "../session";
import { t } from "../texts";

interface Explanation {
  allowed: boolean;
  reasons: { role?: string; clause?: string; met?: boolean | null; message: string }[];
}

export function ViewAs() {
  const { app } = useSession();
  const { info } = useSessionState();
  const forms = useBodies("form");
  const [search, setSearch] = useState("");
  const people = usePeople(search);
  const [person, setPerson] = useState<number | null>(null);
  const [form, setForm] = useState<string | null>(null);
  const [record, setRecord] = useState("");
  const [answer, setAnswer] = useState<Explanation | string | null>(null);
  const chosen = people.data?.people.find((one) => one.id === person);
  if (info.release === null) return null;
  const explain = async () => {
    try {
      setAnswer(
        await api.get<Explanation>(`/api/apps/${app}/explain`, {
          query: { person, form: form ?? forms[0]?.key, record },
        }),
      );
    } catch (error) {
      setAnswer(sentence(error));
    }
  };
  return (
    <section className="panel">
      <h2>{t("role.viewAs")}</h2>
      <p className="muted">{t("role.viewAsText")}</p>
      <div className="row is-wrapping">
        <Select<number>
          aria-label={t("role.person")}
          width={240}
          value={person}
          placeholder={t("flow.choosePerson")}
          options={(people.data?.people ?? []).map((one) => ({ value: one.id, label: one.name }))}
          onSearch={setSearch}
          loading={people.isFetching}
          onChange={setPerson}
        />
        <Button
          icon="eye"
          disabled={person === null}
          href={
            person === null
              ? undefined
              : `/apps/${app}?view_as=${person}&view_as_name=${encodeURIComponent(chosen?.name ?? "")}`
          }
        >
          {t("role.viewAsOpen")}
        </Button>
      </div>
      <h3>{t("role.explain")}</h3>
      <p className="muted">{t("role.explainText")}</p>
      <div className="row is-wrapping">
        <Select
          aria-label={t("role.form")}
          width={200}
          value={form ?? forms[0]?.key ?? null}
          options={forms.map((one) => ({ value: one.key, label: words(one.label, one.key) }))}
          onChange={setForm}
        />
        <Input
          style={{ width: 160 }}
          inputMode="numeric"
          aria-label={t("role.explainRecord")}
          placeholder={t("role.explainRecord")}
          value={record}
          onChange={(text) => setRecord(text.replace(/\D/g, ""))}
        />
        <Button disabled={person === null} onClick={() => void explain()}>
          {t("role.explainRun")}
        </Button>
      </div>
      {answer && (
        <div role="status" className="explanation">
          {typeof answer === "string" ? (
            <p className="danger-text">{answer}</p>
          ) : (
            <>
              <Tag color={answer.allowed ? "green" : "red"}>
                {answer.allowed ? t("role.explainYes") : t("role.explainNo")}
              </Tag>
              <ul>
                {answer.reasons.map((reason, index) => (
                  <li key={index}>{reason.message}</li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </section>
  );
}
