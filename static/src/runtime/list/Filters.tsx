/** The filter as chips in words; a click edits one, the cross removes it. */
import { useState } from "react";

import type { Clause } from "@/shared/filter";
import { Icon } from "@/shared/icons";
import type { FieldInfo } from "@/shared/types";
import { Button } from "@/shared/ui/Button";
import { Popover } from "@/shared/ui/Popover";
import { t } from "@/shared/texts/list";

import { ClauseEditor } from "./ClauseEditor";
import { words } from "./words";

interface Props {
  app: string;
  fields: ReadonlyMap<string, FieldInfo>;
  clauses: readonly Clause[];
  onChange: (clauses: Clause[]) => void;
}

export function Filters({ app, fields, clauses, onChange }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  const list = [...fields.values()].filter((field) => field.filterable !== false);
  const editor = (index: number) => (
    <ClauseEditor
      key={index}
      app={app}
      fields={list}
      clause={clauses[index] ?? null}
      onApply={(clause) => {
        const next = [...clauses];
        next[index] = clause;
        onChange(next);
        setOpen(null);
      }}
    />
  );
  return (
    <div className="filters">
      <Popover
        label={t("list.filter")}
        open={open === clauses.length}
        onOpenChange={(shown) => setOpen(shown ? clauses.length : null)}
        content={editor(clauses.length)}
      >
        <Button icon="filter" aria-haspopup="dialog" aria-expanded={open === clauses.length}>
          {t("list.filter")}
        </Button>
      </Popover>
      {clauses.map((clause, index) => {
        const text = words(clause, fields.get(clause.field));
        const body = (
          <button
            type="button"
            className="plain chip-text ellipsis"
            disabled={clause.comparison === "raw"}
            title={text}
          >
            {text}
          </button>
        );
        return (
          <span key={`${clause.field}-${index}`} className="chip">
            {clause.comparison === "raw" ? (
              body
            ) : (
              <Popover
                label={t("list.filter")}
                open={open === index}
                onOpenChange={(shown) => setOpen(shown ? index : null)}
                content={editor(index)}
              >
                {body}
              </Popover>
            )}
            <button
              type="button"
              className="plain chip-remove"
              aria-label={t("list.removeFilter", { text })}
              onClick={() => onChange(clauses.filter((_, i) => i !== index))}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        );
      })}
    </div>
  );
}
