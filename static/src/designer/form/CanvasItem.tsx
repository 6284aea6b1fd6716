/** A section or a row of tabs on the canvas: its name, its tools, the rows in it. */
import { useState } from "react";

import { IconButton } from "@/shared/ui/Button";

import type { LayoutItem } from "../core/definitions";
import { isTabs, movedItem, withItemChanged, withoutItem, withoutTab } from "../core/layout";
import { reworded, words } from "../session";
import { t } from "../texts";
import { useFormEditor } from "./editor";
import { CanvasRows } from "./CanvasRows";
import type { Problems } from "./parts";

interface Props {
  item: LayoutItem;
  index: number;
  phone: boolean;
  problems: Problems;
}

export function CanvasItem({ item, index, phone, problems }: Props) {
  const editor = useFormEditor();
  const [shown, setShown] = useState(0);
  const isSelected = editor.selection?.kind === "item" && editor.selection.index === index;
  const tools = (
    <span className="item-tools">
      <IconButton
        icon="arrow-up"
        size="small"
        label={t("d.moveUp")}
        disabled={index === 0}
        onClick={() => editor.setLayout((layout) => movedItem(layout, index, index - 1))}
      />
      <IconButton
        icon="trash"
        size="small"
        label={t("form.deleteField")}
        onClick={() => editor.setLayout((layout) => withoutItem(layout, index))}
      />
    </span>
  );
  if (isTabs(item)) {
    const at = Math.min(shown, item.tabs.length - 1);
    const tab = item.tabs[at];
    return (
      <section className={`form-item${isSelected ? " is-selected" : ""}`}>
        <div className="form-tabs">
          {item.tabs.map((one, position) => (
            <span key={position} className={`form-tab${position === at ? " is-current" : ""}`}>
              {position === at ? (
                <TitleInput
                  label={t("form.tabName")}
                  value={words(one.label)}
                  onChange={(text) =>
                    editor.setLayout(
                      (layout) =>
                        withItemChanged(layout, index, (other) =>
                          isTabs(other)
                            ? {
                                tabs: other.tabs.map((inner, p) =>
                                  p === position
                                    ? { ...inner, label: reworded(inner.label, text) }
                                    : inner,
                                ),
                              }
                            : other,
                        ),
                      `tab:${index}:${position}`,
                    )
                  }
                />
              ) : (
                <button type="button" className="plain" onClick={() => setShown(position)}>
                  {words(one.label)}
                </button>
              )}
              {position === at && item.tabs.length > 1 && (
                <IconButton
                  icon="close"
                  size="small"
                  label={t("common.remove")}
                  onClick={() => editor.setLayout((layout) => withoutTab(layout, index, position))}
                />
              )}
            </span>
          ))}
          <IconButton
            icon="add"
            size="small"
            label={t("form.addTab")}
            onClick={() => {
              editor.setLayout((layout) =>
                withItemChanged(layout, index, (other) =>
                  isTabs(other)
                    ? {
                        tabs: [
                          ...other.tabs,
                          { label: t("form.newTab", { n: other.tabs.length + 1 }), rows: [] },
                        ],
                      }
                    : other,
                ),
              );
              setShown(item.tabs.length);
            }}
          />
          {tools}
        </div>
        {tab && <CanvasRows rows={tab} container={[index, at]} phone={phone} problems={problems} />}
      </section>
    );
  }
  return (
    <section className={`form-item${isSelected ? " is-selected" : ""}`}>
      {item.section !== undefined && (
        <div className="form-section">
          <TitleInput
            label={t("form.sectionName")}
            value={words(item.section)}
            onChange={(text) =>
              editor.setLayout(
                (layout) =>
                  withItemChanged(layout, index, (other) => ({
                    ...other,
                    section: reworded(item.section, text),
                  })),
                `section:${index}`,
              )
            }
          />
          {tools}
        </div>
      )}
      <CanvasRows rows={item} container={[index]} phone={phone} problems={problems} />
    </section>
  );
}

function TitleInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const editor = useFormEditor();
  return (
    <input
      className="title-input"
      aria-label={label}
      value={value}
      size={Math.max(4, value.length * 2)}
      maxLength={80}
      onChange={(event) => onChange(event.target.value)}
      onBlur={() => editor.session.workspace.seal(editor.id)}
      onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
    />
  );
}
