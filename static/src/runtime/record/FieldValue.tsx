/** A field of a record: read, and edited where it stands. */
import { useState } from "react";

import { Icon } from "@/shared/icons";
import type { FieldInfo, RecordData, Value } from "@/shared/types";
import { t } from "@/shared/texts/record";
import { isEmpty, widget } from "@/widgets/registry";

import { CellEditor } from "../list/CellEditor";

interface Props {
  app: string;
  field: FieldInfo;
  record: RecordData;
  editable: boolean;
  onSave: (field: FieldInfo, value: Value) => Promise<string | null>;
}

export function FieldValue({ app, field, record, editable, onSave }: Props) {
  const [editing, setEditing] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { View, Edit } = widget(field);
  const value = record[field.key] as Value;
  const end = () => {
    setEditing(false);
    setProblem(null);
  };
  if (editing) {
    return (
      <div className="fact is-editing" data-field={field.key}>
        <span className="fact-label">{field.label}</span>
        <CellEditor
          app={app}
          field={field}
          value={value}
          problem={problem}
          onCancel={end}
          onSave={(next) => {
            setProblem(null);
            void onSave(field, next).then((found) => (found === null ? end() : setProblem(found)));
          }}
        />
      </div>
    );
  }
  const begin = () => {
    if (field.widget === "check") void onSave(field, value !== true);
    else setEditing(true);
  };
  const body = (
    <span className={`fact-value${isEmpty(value) ? " is-empty" : ""}`}>
      <View field={field} value={value} app={app} />
    </span>
  );
  return (
    <div className="fact" data-field={field.key}>
      <span className="fact-label">{field.label}</span>
      {editable && Edit ? (
        <span
          className="fact-edit"
          onClick={(event) => {
            // A link inside the value keeps its own meaning.
            if (!(event.target as Element).closest("a")) begin();
          }}
        >
          {body}
          <button
            type="button"
            className="plain fact-button"
            aria-label={t("record.editField", { field: field.label })}
          >
            <Icon name="edit" size={14} />
          </button>
        </span>
      ) : (
        body
      )}
    </div>
  );
}
