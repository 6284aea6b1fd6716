/** Adding or changing a person; a temporary password is shown once. */
import { useState } from "react";

import { ApiError, api } from "@/shared/api";
import { copyText } from "@/shared/clipboard";
import { Button } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/Checkbox";
import { Field } from "@/shared/ui/Field";
import { Input } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";
import { Select } from "@/shared/ui/Select";
import { attempt, failed, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/people";
import { findPeople } from "@/widgets/person";
import { type Found, RemoteSelect } from "@/widgets/pickers/RemoteSelect";

import { fieldOf } from "../records";
import { type Department, type Member, peopleChanged, SYSTEM_ROLES } from "./data";

interface Props {
  person: Member | null;
  departments: readonly Department[];
  department: number | null;
  onClose: () => void;
  onPassword: (name: string, password: string) => void;
}

export function PersonDialog({ person, departments, department, onClose, onPassword }: Props) {
  const [name, setName] = useState(person?.name ?? "");
  const [username, setUsername] = useState(person?.username ?? "");
  const [email, setEmail] = useState(person?.email ?? "");
  const [place, setPlace] = useState<number | null>(
    person ? (person.department?.id ?? null) : department,
  );
  const [superior, setSuperior] = useState<Found | null>(
    person?.superior ? { id: person.superior.id, label: person.superior.name } : null,
  );
  const [roles, setRoles] = useState<readonly string[]>(person?.system_roles ?? []);
  const [give, setGive] = useState(true);
  const [busy, setBusy] = useState(false);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const run = async () => {
    setBusy(true);
    setProblems({});
    const body = {
      name: name.trim(),
      email: email.trim(),
      department: place,
      superior: superior?.id ?? null,
      system_roles: [...roles],
      ...(person ? {} : { username: username.trim(), active: true }),
    };
    try {
      const saved = person
        ? await api.patch<Member>(`/api/people/${person.id}`, body)
        : await api.post<Member>("/api/people", body);
      if (!person && give) await password(saved, onPassword);
      await peopleChanged();
      onClose();
    } catch (error) {
      if (error instanceof ApiError && error.problems.length) {
        const at: Record<string, string> = {};
        for (const problem of error.problems) at[fieldOf(problem.path)] ??= problem.message;
        setProblems(at);
        if (
          !["name", "username", "email", "department", "superior", "system_roles"].some(
            (key) => key in at,
          )
        )
          failed(error);
      } else failed(error);
    }
    setBusy(false);
  };
  const ready = name.trim() && (person || username.trim());
  return (
    <Modal
      open
      title={person ? person.name : t("people.addPerson")}
      onClose={onClose}
      width={520}
      action={{
        label: person ? t("common.save") : t("people.add"),
        run: () => void run(),
        busy,
        disabled: !ready,
      }}
    >
      <div className="person-form">
        <Field label={t("people.name")} required problem={problems.name}>
          {({ id, invalid, describedBy }) => (
            <Input
              id={id}
              value={name}
              autoFocus
              aria-invalid={invalid}
              aria-describedby={describedBy}
              status={invalid ? "error" : undefined}
              onChange={setName}
            />
          )}
        </Field>
        <Field
          label={t("people.username")}
          required={!person}
          help={person ? undefined : t("people.usernameHelp")}
          problem={problems.username}
        >
          {({ id, invalid, describedBy }) => (
            <Input
              id={id}
              value={username}
              disabled={!!person}
              autoComplete="off"
              aria-invalid={invalid}
              aria-describedby={describedBy}
              status={invalid ? "error" : undefined}
              onChange={setUsername}
            />
          )}
        </Field>
        <Field label={t("people.email")} problem={problems.email}>
          {({ id, invalid, describedBy }) => (
            <Input
              id={id}
              value={email}
              type="email"
              autoComplete="off"
              aria-invalid={invalid}
              aria-describedby={describedBy}
              status={invalid ? "error" : undefined}
              onChange={setEmail}
            />
          )}
        </Field>
        <Field label={t("people.department")} problem={problems.department}>
          {({ id }) => (
            <Select<number>
              id={id}
              aria-label={t("people.department")}
              value={place}
              clearable
              placeholder={t("common.select")}
              options={departments.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setPlace}
            />
          )}
        </Field>
        <Field label={t("people.superior")} problem={problems.superior}>
          {({ id, invalid, describedBy }) => (
            <RemoteSelect
              id={id}
              name={["people"]}
              label={t("people.superior")}
              value={superior}
              clearable
              invalid={invalid}
              describedBy={describedBy}
              placeholder={t("common.select")}
              find={findPeople}
              onChange={setSuperior}
            />
          )}
        </Field>
        <fieldset className="person-roles">
          <legend className="field-label">{t("people.systemRoles")}</legend>
          {SYSTEM_ROLES.map((role) => (
            <Checkbox
              key={role}
              checked={roles.includes(role)}
              onChange={(on) =>
                setRoles(on ? [...roles, role] : roles.filter((one) => one !== role))
              }
            >
              {t(`people.${role}`)}
            </Checkbox>
          ))}
          {problems.system_roles && <p className="field-problem">{problems.system_roles}</p>}
        </fieldset>
        {!person && (
          <Checkbox checked={give} onChange={setGive}>
            {t("people.giveNow")}
          </Checkbox>
        )}
      </div>
    </Modal>
  );
}

/** Gives a temporary password and shows it. */
export async function password(
  person: Member,
  show: (name: string, password: string) => void,
): Promise<void> {
  const answer = await attempt(() =>
    api.post<{ password: string }>(`/api/people/${person.id}/password`),
  );
  if (answer) show(person.name, answer.password);
}

export function PasswordDialog({
  name,
  value,
  onClose,
}: {
  name: string;
  value: string;
  onClose: () => void;
}) {
  return (
    <Modal
      open
      title={t("people.password")}
      onClose={onClose}
      footer={
        <div className="modal-footer">
          <Button
            icon="copy"
            onClick={() =>
              void attempt(() => copyText(value).then(() => toast(t("common.copied"))))
            }
          >
            {t("people.copy")}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {t("common.done")}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <p>{t("people.passwordOnce", { name })}</p>
        <code className="secret">{value}</code>
      </div>
    </Modal>
  );
}
