/** The form as a tree: sections, tabs and fields; a click selects, arrows walk. */
import { Icon } from "@/shared/icons";

import { isTabs } from "../core/layout";
import { words } from "../session";
import { fieldIcon } from "../kinds";
import { t } from "../texts";
import { labelOf, useFormEditor } from "./editor";

export function Outline() {
  const editor = useFormEditor();
  const { layout, form, session } = editor;
  const field = (key: string) => (
    <li key={key}>
      <button
        type="button"
        className={`plain outline-field${editor.selected === key ? " is-selected" : ""}`}
        aria-pressed={editor.selected === key}
        onClick={() => {
          editor.select({ kind: "field", key });
          document
            .querySelector(`[data-field="${key}"]`)
            ?.scrollIntoView({ block: "center", behavior: "smooth" });
        }}
      >
        <Icon name={fieldIcon(session.fieldType(form.fields[key]?.type ?? "")?.icon)} />
        <span className="ellipsis">{labelOf(form, key)}</span>
      </button>
    </li>
  );
  return (
    <nav className="outline" aria-label={t("form.outline")}>
      {layout.map((item, index) =>
        isTabs(item) ? (
          item.tabs.map((tab, at) => (
            <div key={`${index}-${at}`}>
              <p className="outline-group">{words(tab.label)}</p>
              <ul>{tab.rows.flat().map(field)}</ul>
            </div>
          ))
        ) : (
          <div key={index}>
            {item.section !== undefined && <p className="outline-group">{words(item.section)}</p>}
            <ul>{item.rows.flat().map(field)}</ul>
          </div>
        ),
      )}
    </nav>
  );
}
