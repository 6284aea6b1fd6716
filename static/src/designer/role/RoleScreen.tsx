/** A role: form × action as a grid in words, field rights, members, and looking through somebody's eyes. */
import { useState } from "react";

import { Button } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";
import { Problems } from "@/shared/ui/Problems";

import type { Body } from "../core/definitions";
import { withValue, type JsonObject } from "../core/json";
import { Missing } from "../parts/Missing";
import { SurroundingsContext } from "../parts/schema/context";
import { reworded, useBodies, useDocument, useProblems, useSession, words } from "../session";
import { t } from "../texts";
import { FieldRights } from "./FieldRights";
import { GrantRow } from "./GrantRow";
import { ACTIONS, actionLabel, everything, EVERY_FORM, problemsOf, withGrant } from "./grants";
import { Members } from "./Members";
import { ViewAs } from "./ViewAs";
import "./role.css";

export default function RoleScreen({ roleKey }: { roleKey: string }) {
  const session = useSession();
  const id = `role/${roleKey}`;
  const [role, run] = useDocument<Body>(id);
  const forms = useBodies("form");
  const problems = useProblems("role", roleKey);
  const [fieldsOf, setFieldsOf] = useState<string | null>(null);
  if (!role) return <Missing section="roles" />;
  const grants = (role.grants as JsonObject[] | undefined) ?? [];
  const grantOf = (form: string) => grants.find((grant) => grant.form === form);
  const put = (form: string, change: (grant: JsonObject) => JsonObject | null, merge?: string) =>
    run(
      "change_role",
      t("role.stepRole"),
      (body) => ({
        ...body,
        grants: withGrant((body.grants as JsonObject[] | undefined) ?? [], form, change),
      }),
      merge,
    );
  const every = grantOf(EVERY_FORM);
  // What every form grants, no form takes away: only forms with more of their own are listed then.
  const listed = every ? forms.filter((form) => grantOf(form.key)) : forms;
  const others = every ? forms.filter((form) => !grantOf(form.key)) : [];
  const rows = [
    ...(every ? [{ key: EVERY_FORM, name: t("role.everyForm") }] : []),
    ...listed.map((form) => ({ key: form.key, name: words(form.label, form.key) })),
  ];
  return (
    <div className="page role-page">
      <div className="page-head">
        <h1 className="visually-hidden">{words(role.label, role.key)}</h1>
        <Input
          className="title-control"
          aria-label={t("role.roleName")}
          value={words(role.label, role.key)}
          maxLength={80}
          onChange={(text) =>
            text.trim() &&
            run(
              "change_role",
              t("role.stepRole"),
              (body) => ({ ...body, label: reworded(body.label, text) }),
              "role_label",
            )
          }
          onBlur={() => session.workspace.seal(id)}
        />
      </div>
      <section className="panel">
        <h2>{t("role.rights")}</h2>
        <p className="muted">{every ? t("role.everyFormText") : t("role.rolesIntro")}</p>
        {/* Wide tables scroll inside their panel; the focus lets the keyboard scroll them. */}
        <div className="table-scroll" tabIndex={0} role="group" aria-label={t("role.rights")}>
          <table className="grants">
            <thead>
              <tr>
                <th scope="col">{t("role.form")}</th>
                {ACTIONS.map((action) => (
                  <th key={action} scope="col">
                    {actionLabel(action)}
                  </th>
                ))}
                <th scope="col">{t("role.fields")}</th>
                <th>
                  <span className="visually-hidden">{t("common.more")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, name }) => (
                <GrantRow
                  key={key}
                  form={key}
                  name={name}
                  document={id}
                  grant={grantOf(key)}
                  problems={problemsOf(problems, grants, key)}
                  onChange={(change, merge) => put(key, change, merge)}
                  onFields={() => setFieldsOf(key)}
                />
              ))}
            </tbody>
          </table>
        </div>
        <Problems problems={problems.filter(({ inner }) => !inner.startsWith("/grants/"))} />
        <div className="row">
          {every ? (
            <Menu
              items={others.map((form) => ({
                key: form.key,
                label: words(form.label, form.key),
                run: () => put(form.key, (before) => before),
              }))}
            >
              <Button icon="add" size="small" disabled={others.length === 0}>
                {t("role.addForm")}
              </Button>
            </Menu>
          ) : (
            <Button size="small" onClick={() => put(EVERY_FORM, everything)}>
              {t("role.grantEverything")}
            </Button>
          )}
        </div>
      </section>
      <Members role={roleKey} />
      <ViewAs />
      {fieldsOf && (
        <SurroundingsContext.Provider value={{ form: fieldsOf, document: id }}>
          <FieldRights
            form={fieldsOf}
            grant={grantOf(fieldsOf) ?? { form: fieldsOf }}
            onChange={(name, value) => put(fieldsOf, (before) => withValue(before, [name], value))}
            onClose={() => setFieldsOf(null)}
          />
        </SurroundingsContext.Provider>
      )}
    </div>
  );
}
