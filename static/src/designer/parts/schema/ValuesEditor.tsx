/** Fields and what is written into them, and fields and the right people have on them. */
import { localized } from "@/shared/i18n";
import { Button, IconButton } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";
import { Select } from "@/shared/ui/Select";

import { plain, isObject, withRenamedKey, type JsonObject } from "../../core/json";
import { quoted, unquoted } from "../../core/condition";
import type { Option } from "../../core/options";
import { idOf } from "../../core/definitions";
import { useDocuments, useSession, words } from "../../session";
import { t } from "../../texts";
import { FormulaEditor } from "../FormulaEditor";
import { fieldsOf, useNames, useSurroundings, type EditorProps, type FieldChoice } from "./context";

function useTarget({ schema, siblings }: EditorProps): FieldChoice[] {
  const { form } = useSurroundings();
  const documents = useDocuments();
  const of = schema["x-of"];
  const named = of ? siblings[of] : undefined;
  const key =
    typeof named === "string" && documents[idOf("form", named)] ? named : of ? null : form;
  return fieldsOf(documents, key);
}

export function ValuesEditor(props: EditorProps) {
  const { label, value, onChange, path } = props;
  const session = useSession();
  const names = useNames();
  const target = useTarget(props);
  const entries = isObject(value) ? value : {};
  const writable = target.filter(({ field }) => !session.fieldType(field.type)?.computed);
  const free = writable.filter(({ key }) => !(key in entries));
  const put = (next: JsonObject, merge?: string) => onChange(next, merge);
  return (
    <div className="values-editor" role="group" aria-label={label}>
      {Object.entries(entries).map(([key, formula]) => {
        const choice = target.find((other) => other.key === key);
        return (
          <div key={key} className="value-entry">
            <div className="row">
              <Select
                aria-label={t("form.field")}
                value={key}
                options={[...(choice ? [choice] : [{ key, label: key }]), ...free].map((other) => ({
                  value: other.key,
                  label: other.label,
                }))}
                onChange={(next) => next && put(withRenamedKey(entries, key, next))}
              />
              <IconButton
                icon="close"
                size="small"
                label={t("common.remove")}
                onClick={() => {
                  const { [key]: _gone, ...rest } = entries;
                  put(rest);
                }}
              />
            </div>
            <ValueOfField
              choice={choice}
              names={names}
              value={plain(formula)}
              onChange={(next) => put({ ...entries, [key]: next }, `value:${path.join()}:${key}`)}
            />
          </div>
        );
      })}
      <Menu
        items={free.map((choice) => ({
          key: choice.key,
          label: choice.label,
          run: () => put({ ...entries, [choice.key]: firstValue(choice) }),
        }))}
      >
        <Button size="small" icon="add" disabled={free.length === 0}>
          {t("flow.addValue")}
        </Button>
      </Menu>
    </div>
  );
}

export function firstValue({ field, type }: FieldChoice): string {
  if (field.type === "choice")
    return quoted(String((field.options as unknown as Option[] | undefined)?.[0]?.value ?? ""));
  if (type === "person") return "USER()";
  if (type === "date") return "TODAY()";
  if (type === "moment") return "NOW()";
  if (type === "number" || type === "money") return "0";
  if (type === "check") return "true";
  return "''";
}

/** A value for a field: a choice is picked by its label, everything else is a formula. */
export function ValueOfField({
  choice,
  names,
  value,
  onChange,
}: {
  choice: FieldChoice | undefined;
  names: ReturnType<typeof useNames>;
  value: string;
  onChange: (value: string) => void;
}) {
  const options = (choice?.field.type === "choice"
    ? choice.field.options
    : undefined) as unknown as Option[] | undefined;
  const literal = /^'[^']*'$|^"[^"]*"$/.test(value);
  if (options && literal)
    return (
      <Select
        aria-label={t("form.valueOf", { field: choice?.label ?? "" })}
        value={unquoted(value)}
        options={options.map((option) => ({
          value: option.value,
          label: words(option.label, option.value),
        }))}
        onChange={(next) => next && onChange(quoted(next))}
      />
    );
  return (
    <FormulaEditor
      label={t("form.valueOf", { field: choice?.label ?? "" })}
      value={value}
      names={names}
      onChange={onChange}
      purpose="value"
      compact
    />
  );
}

export function RightsEditor({ label, value, onChange, schema }: EditorProps) {
  const { form } = useSurroundings();
  const fields = fieldsOf(useDocuments(), form);
  const entries = isObject(value) ? value : {};
  const rule = typeof schema.additionalProperties === "object" ? schema.additionalProperties : {};
  const rights = (rule.enum ?? ["edit", "see", "hide"]).map((right) => ({
    value: String(right),
    label: localized(rule["x-labels"]?.[String(right)]) || String(right),
  }));
  return (
    <table className="rights" aria-label={label}>
      <tbody>
        {fields.map(({ key, label: name }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>
              <Select
                size="small"
                aria-label={`${label}: ${name}`}
                value={typeof entries[key] === "string" ? entries[key] : null}
                clearable
                placeholder={t("flow.readOnly")}
                variant="borderless"
                options={rights}
                onChange={(right) => {
                  const { [key]: _gone, ...rest } = entries;
                  const next: JsonObject = right === null ? rest : { ...entries, [key]: right };
                  onChange(Object.keys(next).length ? next : undefined);
                }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
