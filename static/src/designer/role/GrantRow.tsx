/** What a role may do with one form: a line of the grid, and the conditions written below it. */
import type { Problem } from "@/shared/types";
import { Button, IconButton } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";
import { Problems } from "@/shared/ui/Problems";
import { Switch } from "@/shared/ui/Switch";

import type { JsonObject } from "../core/json";
import { readRowRule } from "../core/row_rule";
import { ConditionBuilder } from "../parts/ConditionBuilder";
import { SurroundingsContext } from "../parts/schema/context";
import { t } from "../texts";
import { ACTIONS, actionLabel, BY_ROW, everything, EVERY_FORM, restricted } from "./grants";
import { RangePicker } from "./RangePicker";

interface Props {
  form: string;
  name: string;
  document: string;
  grant: JsonObject | undefined;
  problems: readonly Problem[];
  onChange: (change: (grant: JsonObject) => JsonObject | null, merge?: string) => void;
  onFields: () => void;
}

export function GrantRow({ form, name, document, grant, problems, onChange, onFields }: Props) {
  const custom = BY_ROW.filter((action) => readRowRule(grant?.[action]).preset === "custom");
  const every = form === EVERY_FORM;
  return (
    <SurroundingsContext.Provider value={{ form: every ? null : form, document }}>
      <tr>
        <th scope="row">{name}</th>
        {ACTIONS.map((action) => (
          <td key={action} data-label={actionLabel(action)}>
            {BY_ROW.includes(action) ? (
              <RangePicker
                form={form}
                label={t("role.rangeOf", { form: name, action: actionLabel(action) })}
                value={grant?.[action]}
                onChange={(value) => onChange((before) => ({ ...before, [action]: value }))}
              />
            ) : (
              <Switch
                label={`${name}: ${actionLabel(action)}`}
                checked={grant?.[action] === true || grant?.[action] === "true"}
                onChange={(on) => onChange((before) => ({ ...before, [action]: on }))}
              />
            )}
          </td>
        ))}
        <td data-label={t("role.fields")}>
          {every ? (
            <span className="muted">{t("role.fieldRightsAll")}</span>
          ) : (
            <Button kind="link" size="small" onClick={onFields}>
              <span className="visually-hidden">{t("role.fieldRightsOf", { form: name })} </span>
              {restricted(grant)
                ? t("role.fieldRightsSome", { n: restricted(grant) })
                : t("role.fieldRightsAll")}
            </Button>
          )}
        </td>
        <td className="grant-more">
          <Menu
            placement="bottomRight"
            items={[
              { key: "all", label: t("role.grantAll"), run: () => onChange(everything) },
              { key: "none", label: t("role.grantNone"), run: () => onChange(() => null) },
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
      {(custom.length > 0 || problems.length > 0) && (
        <tr className="grant-detail">
          <td colSpan={ACTIONS.length + 3}>
            {custom.map((action) => (
              <ConditionBuilder
                key={action}
                label={t("role.customOf", { action: actionLabel(action) })}
                lead={t("role.customOf", { action: actionLabel(action) })}
                value={String(grant?.[action] as string)}
                onChange={(formula) =>
                  onChange(
                    (before) => ({ ...before, [action]: formula || "true" }),
                    `${form}.${action}`,
                  )
                }
              />
            ))}
            <Problems problems={problems} />
          </td>
        </tr>
      )}
    </SurroundingsContext.Provider>
  );
}
