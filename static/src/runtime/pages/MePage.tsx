/** One's own settings. */
import { useState } from "react";

import { ApiError, api } from "@/shared/api";
import { EMPTY } from "@/shared/format";
import { language } from "@/shared/i18n";
import { lettersOn, setLetters } from "@/shared/keyboard";
import { queryClient } from "@/shared/queries";
import { setThemeChoice, type ThemeChoice, themeChoice } from "@/shared/theme";
import { Avatar } from "@/shared/ui/Avatar";
import { Button } from "@/shared/ui/Button";
import { Radios } from "@/shared/ui/Checkbox";
import { Field } from "@/shared/ui/Field";
import { PasswordInput } from "@/shared/ui/Input";
import { Switch } from "@/shared/ui/Switch";
import { attempt, failed, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/platform";

import { signOut, usePerson } from "../session";
import { useTitle } from "../title";

export default function MePage() {
  const person = usePerson();
  const [theme, setTheme] = useState<ThemeChoice>(themeChoice());
  const [letters, setLettersState] = useState(lettersOn());
  useTitle(t("me.title"));
  if (!person) return null;
  const facts: [string, string | undefined][] = [
    [t("me.username"), person.username],
    [t("me.email"), person.email],
    [t("me.department"), person.department?.name],
    [t("me.superior"), person.superior?.name],
  ];
  return (
    <div className="page me">
      <header className="page-head">
        <Avatar name={person.name} id={person.id} size={48} />
        <h1 className="grow">{person.name}</h1>
        <Button icon="logout" onClick={() => void signOut()}>
          {t("shell.signOut")}
        </Button>
      </header>
      <section className="panel" aria-labelledby="me-profile">
        <h2 id="me-profile">{t("me.profile")}</h2>
        <dl className="me-facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt className="meta">{label}</dt>
              <dd>{value || EMPTY}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="panel stack form-stack" aria-labelledby="me-preferences">
        <h2 id="me-preferences">{t("me.preferences")}</h2>
        <Field label={t("me.language")}>
          {() => (
            <Radios
              inline
              name="language"
              label={t("me.language")}
              value={language}
              onChange={(next) =>
                void attempt(() => api.patch("/api/session", { language: next })).then((done) => {
                  if (done !== undefined) window.location.reload();
                })
              }
              options={[
                { value: "zh-Hans", label: "简体中文" },
                { value: "en", label: "English" },
              ]}
            />
          )}
        </Field>
        <Field label={t("shell.theme")}>
          {() => (
            <Radios<ThemeChoice>
              inline
              name="theme"
              label={t("shell.theme")}
              value={theme}
              onChange={(next) => {
                setTheme(next);
                setThemeChoice(next);
              }}
              options={[
                { value: "light", label: t("shell.light") },
                { value: "dark", label: t("shell.dark") },
                { value: "system", label: t("shell.system") },
              ]}
            />
          )}
        </Field>
        <Field label={t("me.letters")} help={t("me.lettersText")}>
          {({ id }) => (
            <div>
              <Switch
                id={id}
                label={t("me.letters")}
                checked={letters}
                onChange={(on) => {
                  setLetters(on);
                  setLettersState(on);
                }}
              />
            </div>
          )}
        </Field>
      </section>
      <Password must={!!person.must_change_password} />
    </div>
  );
}

function Password({ must }: { must: boolean }) {
  const [old, setOld] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const differs = again !== "" && again !== next;
  const run = async () => {
    setBusy(true);
    setProblems({});
    try {
      await api.patch("/api/session", { old_password: old, password: next });
      setOld("");
      setNext("");
      setAgain("");
      toast(t("me.changed"), { kind: "success" });
      await queryClient.invalidateQueries({ queryKey: ["session"] });
    } catch (error) {
      if (error instanceof ApiError && error.problems.length) {
        const at: Record<string, string> = {};
        for (const problem of error.problems)
          at[problem.path.replace(/^\//, "") || "password"] ??= problem.message;
        setProblems(at);
      } else failed(error);
    }
    setBusy(false);
  };
  const input = (
    label: string,
    value: string,
    onChange: (text: string) => void,
    problem: string | undefined,
    auto: string,
  ) => (
    <Field label={label} required problem={problem}>
      {({ id, invalid, describedBy }) => (
        <PasswordInput
          id={id}
          value={value}
          autoComplete={auto}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          status={invalid ? "error" : undefined}
          onChange={onChange}
        />
      )}
    </Field>
  );
  return (
    <section className="panel" aria-labelledby="me-password">
      <form
        className="stack form-stack me-password"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <h2 id="me-password">{t("me.password")}</h2>
        {must && <p className="danger-text">{t("me.mustChange")}</p>}
        {input(t("me.old"), old, setOld, problems.old_password, "current-password")}
        {input(t("me.new"), next, setNext, problems.password, "new-password")}
        {input(
          t("me.again"),
          again,
          setAgain,
          differs ? t("me.differs") : undefined,
          "new-password",
        )}
        <div>
          <Button kind="primary" submit busy={busy} disabled={!old || !next || next !== again}>
            {t("me.change")}
          </Button>
        </div>
      </form>
    </section>
  );
}
