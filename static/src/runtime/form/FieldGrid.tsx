/** The fields of a form on 12 columns, in sections and tabs. */
import { type ReactNode, useState } from "react";

import { blocks, type Cell } from "@/shared/layout";
import type { FieldInfo, FormInfo } from "@/shared/types";
import { Tabs } from "@/shared/ui/Tabs";
import { widget } from "@/widgets/registry";

interface Props {
  form: FormInfo;
  fields: readonly FieldInfo[];
  render: (field: FieldInfo) => ReactNode;
  /** Fields with a problem; the tab that holds one is marked. */
  wrong?: ReadonlySet<string>;
}

export function FieldGrid({ form, fields, render, wrong }: Props) {
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const parts = blocks(form.layout, [...byKey.keys()], (key) => {
    const field = byKey.get(key);
    return !!field && !!widget(field).wide;
  });
  const rows = (list: readonly Cell[][]) => (
    <div className="field-grid">
      {list.map((row) =>
        row.map(({ key, span }, index) => {
          const field = byKey.get(key);
          return field ? (
            <div
              key={key}
              className={`field-cell${index === 0 ? " is-first" : ""}`}
              style={{ "--span": span } as React.CSSProperties}
            >
              {render(field)}
            </div>
          ) : null;
        }),
      )}
    </div>
  );
  return (
    <div className="field-blocks">
      {parts.map((part, index) => (
        <section key={index} className="field-block" aria-label={part.label ?? undefined}>
          {part.label && <h2>{part.label}</h2>}
          {part.rows.length > 0 && rows(part.rows)}
          {part.tabs.length > 0 && <FieldTabs tabs={part.tabs} rows={rows} wrong={wrong} />}
        </section>
      ))}
    </div>
  );
}

interface FieldTabsProps {
  tabs: { label: string; rows: Cell[][] }[];
  rows: (rows: readonly Cell[][]) => ReactNode;
  wrong?: ReadonlySet<string>;
}

function FieldTabs({ tabs, rows, wrong }: FieldTabsProps) {
  const [at, setAt] = useState(0);
  const current = tabs[Math.min(at, tabs.length - 1)];
  if (!current) return null;
  return (
    <>
      <Tabs
        label={tabs.map((tab) => tab.label).join(", ")}
        tabs={tabs.map((tab, index) => {
          const bad = tab.rows.flat().filter((cell) => wrong?.has(cell.key)).length;
          return { key: String(index), label: tab.label, count: bad || null };
        })}
        current={String(tabs.indexOf(current))}
        onChange={(key) => setAt(Number(key))}
      />
      {rows(current.rows)}
    </>
  );
}
