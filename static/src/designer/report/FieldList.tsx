/** The fields of a form, grouped by what they become in a chart; dragged, clicked or chosen by keyboard. */
import { useState } from "react";

import { Icon } from "@/shared/icons";
import { SearchInput } from "@/shared/ui/Input";
import { Select } from "@/shared/ui/Select";

import { roleOf } from "../core/report";
import { systemFields, useFields, type FieldChoice } from "../parts/schema/context";
import { useBodies, useSession, words } from "../session";
import { fieldIcon } from "../kinds";
import { t } from "../texts";

interface Props {
  form: string;
  /** Given where the form can be changed. */
  onForm?: (form: string) => void;
  onDrag: (event: React.PointerEvent, field: FieldChoice) => void;
  onAdd: (field: FieldChoice) => void;
}

export function FieldList({ form, onForm, onDrag, onAdd }: Props) {
  const session = useSession();
  const forms = useBodies("form");
  const own = useFields(form);
  const [search, setSearch] = useState("");
  const all = [
    ...own,
    ...systemFields().filter(({ key }) => key === "created_at" || key === "created_by"),
  ].filter(({ label }) => label.toLowerCase().includes(search.trim().toLowerCase()));
  const role = ({ field, type }: FieldChoice) =>
    roleOf({ ...field, type: field.type === "lookup" ? type : field.type });
  const groups: [string, FieldChoice[]][] = [
    [t("report.numbers"), all.filter((choice) => role(choice) === "measure")],
    [
      t("report.categories"),
      all.filter((choice) => role(choice) === "stage" || role(choice) === "category"),
    ],
    [t("report.times"), all.filter((choice) => role(choice) === "time")],
    [t("report.others"), all.filter((choice) => role(choice) === "text")],
  ];
  return (
    <div className="palette">
      {onForm && forms.length > 1 && (
        <div className="palette-search">
          <Select
            aria-label={t("d.form")}
            value={form}
            options={forms.map((body) => ({ value: body.key, label: words(body.label, body.key) }))}
            onChange={(next) => next && onForm(next)}
          />
        </div>
      )}
      {own.length > 12 && (
        <div className="palette-search">
          <SearchInput label={t("report.findField")} value={search} onChange={setSearch} />
        </div>
      )}
      <p className="meta palette-hint">{t("report.fieldsHint")}</p>
      {groups
        .filter(([, members]) => members.length > 0)
        .map(([title, members]) => (
          <section key={title} className="palette-group">
            <h2>{title}</h2>
            <div className="palette-items is-single">
              {members.map((choice) => (
                <button
                  key={choice.key}
                  type="button"
                  className="plain palette-item"
                  data-report-field={choice.key}
                  onPointerDown={(event) => onDrag(event, choice)}
                  onClick={() => onAdd(choice)}
                >
                  <Icon name={fieldIcon(session.fieldType(choice.field.type)?.icon)} />
                  <span className="ellipsis">{choice.label}</span>
                </button>
              ))}
            </div>
          </section>
        ))}
    </div>
  );
}
