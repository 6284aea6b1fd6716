/** A list of people kinds (who approves, whom to notify): each with its kind and that kind's options. */
import { localized } from "@/shared/i18n";
import { Button, IconButton } from "@/shared/ui/Button";
import { Menu } from "@/shared/ui/Menu";

import type { KindInfo } from "../../api";
import { plain, withValue, type JsonObject } from "../../core/json";
import { useSession } from "../../session";
import { t } from "../../texts";
import type { EditorProps } from "./context";
import { initialObject, SchemaForm } from "./SchemaForm";

export function PeopleEditor({ label, value, onChange, path, invalid }: EditorProps) {
  const { catalogue } = useSession();
  const entries = (Array.isArray(value) ? value : []) as JsonObject[];
  const put = (next: JsonObject[], merge?: string) => onChange(next, merge);
  const kind = (entry: JsonObject): KindInfo | undefined =>
    catalogue.assignees.find((other) => other.key === entry.type);
  return (
    <div className={`people-editor${invalid ? " is-invalid" : ""}`} role="group" aria-label={label}>
      {entries.map((entry, index) => (
        <div key={index} className="people-entry">
          <div className="row">
            <span className="grow">{localized(kind(entry)?.label) || plain(entry.type)}</span>
            <IconButton
              icon="close"
              size="small"
              label={t("common.remove")}
              onClick={() => put(entries.filter((_entry, at) => at !== index))}
            />
          </div>
          <SchemaForm
            schema={kind(entry)?.options_schema ?? {}}
            value={entry}
            without={["type"]}
            path={[...path, String(index)]}
            onChange={(inner, next, merge) =>
              put(
                entries.map((other, at) => (at === index ? withValue(other, inner, next) : other)),
                merge,
              )
            }
          />
        </div>
      ))}
      <Menu
        items={catalogue.assignees.map((assignee) => ({
          key: assignee.key,
          label: localized(assignee.label),
          run: () =>
            put([...entries, { type: assignee.key, ...initialObject(assignee.options_schema) }]),
        }))}
      >
        <Button size="small" icon="add">
          {t("flow.addPeople")}
        </Button>
      </Menu>
    </div>
  );
}
