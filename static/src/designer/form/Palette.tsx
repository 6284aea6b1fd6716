/** The field types of the catalogue, grouped and searchable: drag one, click it, or press Enter on it. */
import { useState } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import { SearchInput } from "@/shared/ui/Input";

import type { FieldTypeInfo } from "../api";
import type { Place } from "../core/layout";
import { fieldIcon } from "../kinds";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { groupLabel } from "./initial";
import { dragNew } from "./useFieldDrag";

const GROUPS = ["text", "number", "choice", "time", "people", "link", "computed"];

interface Props {
  /** Where a click adds; below the selected field when it is not given. */
  place?: Place | null;
  onAdded?: () => void;
  draggable?: boolean;
}

export function Palette({ place, onAdded, draggable = true }: Props) {
  const editor = useFormEditor();
  const [search, setSearch] = useState("");
  const needle = search.trim().toLowerCase();
  const types = editor.session.catalogue.field_types.filter(
    (type) =>
      !needle || localized(type.label).toLowerCase().includes(needle) || type.key.includes(needle),
  );
  const groups = [...new Set([...GROUPS, ...types.map((type) => type.group)])]
    .map((group) => ({ group, members: types.filter((type) => type.group === group) }))
    .filter(({ members }) => members.length > 0);
  const add = (type: FieldTypeInfo) => {
    onAdded?.();
    editor.add(type.key, place);
  };
  return (
    <div className="palette">
      <div className="palette-search">
        <SearchInput
          label={t("form.findType")}
          value={search}
          onChange={setSearch}
          onKeyDown={(event) => {
            const first = groups[0]?.members[0];
            if (event.key === "Enter" && first) add(first);
          }}
        />
      </div>
      {groups.map(({ group, members }) => (
        <section key={group} className="palette-group">
          <h2>{groupLabel(group)}</h2>
          <div className="palette-items">
            {members.map((type) => (
              <button
                key={type.key}
                type="button"
                className="plain palette-item"
                data-type={type.key}
                onPointerDown={
                  draggable
                    ? (event) => dragNew(event, editor, type.key, localized(type.label))
                    : undefined
                }
                onClick={() => add(type)}
              >
                <Icon name={fieldIcon(type.icon)} />
                <span>{localized(type.label)}</span>
              </button>
            ))}
          </div>
        </section>
      ))}
      {!needle && (
        <section className="palette-group">
          <h2>{groupLabel("layout")}</h2>
          <div className="palette-items">
            {(["section", "tabs"] as const).map((kind) => (
              <button
                key={kind}
                type="button"
                className="plain palette-item"
                onClick={() => {
                  onAdded?.();
                  editor.addItem(kind);
                }}
              >
                <Icon name={kind === "section" ? "list" : "columns"} />
                <span>{kind === "section" ? t("form.section") : t("form.tabs")}</span>
              </button>
            ))}
          </div>
        </section>
      )}
      {groups.length === 0 && <p className="muted palette-none">{t("common.noMatch")}</p>}
    </div>
  );
}
