/** A list of actions in their order; each is edited from its own options schema. */
import { localized } from "@/shared/i18n";
import { Button, IconButton } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";

import type { KindInfo, Schema } from "../../api";
import { plain, withValue, type JsonObject } from "../../core/json";
import { useSession } from "../../session";
import { t } from "../../texts";
import { useFields, useSurroundings, type EditorProps } from "./context";
import { initialObject, SchemaForm } from "./SchemaForm";
import { firstValue } from "./ValuesEditor";

/** Which actions the schema of the list allows here. */
function allowed(schema: Schema, actions: readonly KindInfo[]): KindInfo[] {
  const names = schema.items?.oneOf?.map((one) => one.properties?.action?.const).filter(Boolean);
  return names?.length ? actions.filter((action) => names.includes(action.key)) : [...actions];
}

export function ActionsEditor({ label, value, onChange, path, schema, invalid }: EditorProps) {
  const session = useSession();
  const { catalogue } = session;
  const { form } = useSurroundings();
  const fields = useFields(form);
  const person = fields.find((choice) => choice.type === "person");
  const writable = fields.filter(({ field }) => !session.fieldType(field.type)?.computed);
  const first = writable.find(({ field }) => field.type === "choice") ?? writable[0];
  const entries = (Array.isArray(value) ? value : []) as JsonObject[];
  const put = (next: JsonObject[], merge?: string) => onChange(next, merge);
  const kinds = allowed(schema, catalogue.actions);
  // The usual first answers of each, so that a new action can be saved and read at once.
  const initial = (kind: KindInfo): JsonObject => {
    const options = initialObject(kind.options_schema);
    if (kind.key === "set" && first) options.values = { [first.key]: firstValue(first) };
    if (kind.key === "refuse") options.message = t("flow.recipeRefuseText");
    if (kind.key === "notify")
      Object.assign(options, { to: [{ type: "starter" }], text: t("flow.notifyNew") });
    if ("field" in options && person) options.field = person.key;
    if ("form" in options && !options.form && form) options.form = form;
    return { action: kind.key, ...options };
  };
  return (
    <ol className={`actions-editor${invalid ? " is-invalid" : ""}`} aria-label={label}>
      {entries.map((entry, index) => {
        const kind = catalogue.actions.find((other) => other.key === entry.action);
        return (
          <li key={index} className="action-entry">
            <div className="row">
              <span className="action-number">{index + 1}</span>
              <b className="grow">{localized(kind?.label) || plain(entry.action)}</b>
              <IconButton
                icon="arrow-up"
                size="small"
                label={t("d.moveUp")}
                disabled={index === 0}
                onClick={() =>
                  put([
                    ...entries.slice(0, index - 1),
                    entry,
                    entries[index - 1] as JsonObject,
                    ...entries.slice(index + 1),
                  ])
                }
              />
              <IconButton
                icon="trash"
                size="small"
                label={t("common.remove")}
                onClick={() => put(entries.filter((_entry, at) => at !== index))}
              />
            </div>
            <SchemaForm
              schema={kind?.options_schema ?? {}}
              value={entry}
              without={["action"]}
              path={[...path, String(index)]}
              onChange={(inner, next, merge) =>
                put(
                  entries.map((other, at) =>
                    at === index ? withValue(other, inner, next) : other,
                  ),
                  merge,
                )
              }
            />
          </li>
        );
      })}
      <li>
        <Menu
          items={kinds.map((kind) => ({
            key: kind.key,
            label: localized(kind.label),
            run: () => put([...entries, initial(kind)]),
          }))}
        >
          <Button size="small" icon="add">
            {t("flow.addAction")}
          </Button>
        </Menu>
      </li>
    </ol>
  );
}
