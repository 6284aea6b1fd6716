/** A role: form × action as a grid in words, field rights, members, and looking through somebody's eyes. */
import { Fragment, useState } from "react";

import type { Problem } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";
import { Problems } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";
import { Switch } from "@/shared/ui/Switch";

import type { Body } from "../core/definitions";
import { withValue, type Json, type JsonObject } from "../core/json";
import { readRowRule, writtenRule, type Preset } from "../core/row_rule";
import { ConditionBuilder } from "../parts/ConditionBuilder";
import { Missing } from "../parts/Missing";
import { SurroundingsContext, systemFields, useFields } from "../parts/schema/context";
import { reworded, useBodies, useDocument, useProblems, useSession, words } from "../session";
import { t } from "../texts";
import { FieldRights } from "./FieldRights";
import { Members } from "./Members";
import { ViewAs } from "./ViewAs";
import "./role.css";

const ACTIONS = ["see", "create", "edit", "delete", "export", "import", "print"] as const;
type Action = (typeof ACTIONS)[number];
const BY_ROW: readonly Action[] = ["see", "edit", "delete"];

export function actionLabel(action: Action): string {
  const labels: Record<Action, string> = {
    see: t("role.see"),
    create: t("role.create"),
    edit: t("role.edit"),
    delete: t("role.delete"),
    export: t("role.export"),
    import: t("role.import"),
    print: t("role.print"),
  };
  return labels[action];
}

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
      (body) => {
        const all = (body.grants as JsonObject[] | undefined) ?? [];
        const at = all.findIndex((grant) => grant.form === form);
        const next = change(all[at] ?? { form });
        const rest = [...all];
        if (next === null) {
          if (at >= 0) rest.splice(at, 1);
        } else if (at >= 0) rest[at] = next;
        else rest.push(next);
        return { ...body, grants: rest };
      },
      merge,
    );
  const rows = (form: string) => problemsOf(problems, grants, form);
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
        <p className="muted">{t("role.rolesIntro")}</p>
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
              {forms.map((form) => {
                const grant = grantOf(form.key);
                const name = words(form.label, form.key);
                const wrong = rows(form.key);
                const custom = BY_ROW.filter(
                  (action) => readRowRule(grant?.[action]).preset === "custom",
                );
                return (
                  <SurroundingsContext.Provider
                    key={form.key}
                    value={{ form: form.key, document: id }}
                  >
                    <tr>
                      <th scope="row">{name}</th>
                      {ACTIONS.map((action) => (
                        <td key={action}>
                          {BY_ROW.includes(action) ? (
                            <RangePicker
                              form={form.key}
                              label={t("role.rangeOf", { form: name, action: actionLabel(action) })}
                              value={grant?.[action]}
                              onChange={(value) =>
                                put(form.key, (before) => ({ ...before, [action]: value }))
                              }
                            />
                          ) : (
                            <Switch
                              label={`${name}: ${actionLabel(action)}`}
                              checked={grant?.[action] === true || grant?.[action] === "true"}
                              onChange={(on) =>
                                put(form.key, (before) => ({ ...before, [action]: on }))
                              }
                            />
                          )}
                        </td>
                      ))}
                      <td>
                        <Button kind="link" size="small" onClick={() => setFieldsOf(form.key)}>
                          <span className="visually-hidden">
                            {t("role.fieldRightsOf", { form: name })}{" "}
                          </span>
                          {restricted(grant)
                            ? t("role.fieldRightsSome", { n: restricted(grant) })
                            : t("role.fieldRightsAll")}
                        </Button>
                      </td>
                      <td>
                        <Menu
                          placement="bottomRight"
                          items={[
                            {
                              key: "all",
                              label: t("role.grantAll"),
                              run: () =>
                                put(form.key, (before) => ({
                                  ...before,
                                  ...Object.fromEntries(ACTIONS.map((action) => [action, true])),
                                })),
                            },
                            {
                              key: "none",
                              label: t("role.grantNone"),
                              run: () => put(form.key, () => null),
                            },
                          ]}
                        >
                          <IconButton
                            icon="more"
                            size="small"
                            label={t("role.rowActions", { form: name })}
                            noTooltip
                          />
                        </Menu>
                      </td>
                    </tr>
                    {(custom.length > 0 || wrong.length > 0) && (
                      <tr className="grant-detail">
                        <td colSpan={ACTIONS.length + 3}>
                          {custom.map((action) => (
                            <Fragment key={action}>
                              <ConditionBuilder
                                label={t("role.customOf", { action: actionLabel(action) })}
                                lead={t("role.customOf", { action: actionLabel(action) })}
                                value={String(grant?.[action] as string)}
                                onChange={(formula) =>
                                  put(
                                    form.key,
                                    (before) => ({ ...before, [action]: formula || "true" }),
                                    `${form.key}.${action}`,
                                  )
                                }
                              />
                            </Fragment>
                          ))}
                          <Problems problems={wrong} />
                        </td>
                      </tr>
                    )}
                  </SurroundingsContext.Provider>
                );
              })}
            </tbody>
          </table>
        </div>
        <Problems problems={problems.filter(({ inner }) => !inner.startsWith("/grants/"))} />
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

function problemsOf(
  problems: readonly (Problem & { inner: string })[],
  grants: readonly JsonObject[],
  form: string,
) {
  const at = grants.findIndex((grant) => grant.form === form);
  return at < 0
    ? []
    : problems.filter(
        ({ inner }) => inner === `/grants/${at}` || inner.startsWith(`/grants/${at}/`),
      );
}

function restricted(grant: JsonObject | undefined): number {
  const fields = (grant?.fields ?? {}) as Record<string, string>;
  const masks = (grant?.mask ?? {}) as Record<string, string>;
  return new Set([
    ...Object.keys(fields).filter((key) => fields[key] !== "edit"),
    ...Object.keys(masks),
  ]).size;
}

interface RangeProps {
  form: string;
  label: string;
  value: Json | undefined;
  onChange: (value: Json) => void;
}

/** A row rule in words, with the field it goes by where there is a choice. */
function RangePicker({ form, label, value, onChange }: RangeProps) {
  const own = useFields(form);
  const rule = readRowRule(value);
  const people = own.filter(({ type }) => type === "person");
  // Whoever created a record stands in where the form names nobody, or where a rule says so already.
  if (people.length === 0 || rule.field === "created_by")
    people.push(...systemFields().filter(({ key }) => key === "created_by"));
  const departments = own.filter(({ type }) => type === "department");
  const owner = people.find(({ key }) => key === "owner") ?? people[0];
  const choose = (preset: Preset) => {
    const field = preset === "department" ? departments[0]?.key : (rule.field ?? owner?.key);
    onChange(
      writtenRule(
        preset,
        field ?? null,
        rule.formula === "true" || rule.formula === "false" ? "not ISEMPTY(id)" : rule.formula,
      ),
    );
  };
  const candidates =
    rule.preset === "department"
      ? departments
      : rule.preset === "own" || rule.preset === "own_and_below"
        ? people
        : [];
  return (
    <span className="range-picker">
      <Select
        size="small"
        variant="borderless"
        aria-label={label}
        value={rule.preset}
        options={[
          { value: "all", label: t("role.all") },
          { value: "own", label: t("role.own") },
          { value: "own_and_below", label: t("role.ownAndBelow") },
          ...(departments.length
            ? [{ value: "department" as const, label: t("role.department") }]
            : []),
          { value: "custom", label: t("role.custom") },
          { value: "none", label: t("role.none") },
        ]}
        onChange={(preset) => preset && choose(preset)}
      />
      {candidates.length > 1 && (
        <Select
          size="small"
          variant="borderless"
          aria-label={`${label}: ${t("role.by")}`}
          value={rule.field}
          options={candidates.map((choice) => ({
            value: choice.key,
            label: t("role.byField", { field: choice.label }),
          }))}
          onChange={(field) => field && onChange(writtenRule(rule.preset, field, ""))}
        />
      )}
    </span>
  );
}
