/** The list on a phone: cards with the title and a few facts. */
import "./cards.css";

import { useEffect, useRef } from "react";

import type { RecordData, Value } from "@/shared/types";
import { t } from "@/shared/texts/list";
import { isEmpty, widget } from "@/widgets/registry";

import type { Column } from "./columns";

interface Props {
  app: string;
  label: string;
  columns: readonly Column[];
  records: readonly RecordData[];
  onOpen: (record: RecordData) => void;
  more: boolean;
  onMore: () => void;
}

const FACTS = 4;

export function Cards({ app, label, columns, records, onOpen, more, onMore }: Props) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const node = end.current;
    if (!node || !more) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onMore();
      },
      { rootMargin: "600px" },
    );
    observer.observe(node);
    return () => observer.disconnect();
  }, [more, onMore, records.length]);
  return (
    <>
      <ul className="cards" aria-label={label}>
        {records.map((record) => {
          const title = record.label || t("list.untitled");
          const facts = columns
            .filter(({ field }) => {
              const value = record[field.key] as Value;
              return !isEmpty(value) && widget(field).text(value, field) !== title;
            })
            .slice(0, FACTS);
          return (
            <li key={record.id}>
              <button type="button" className="plain card" onClick={() => onOpen(record)}>
                <span className="card-title ellipsis">{title}</span>
                <span className="card-facts">
                  {facts.map(({ field }) => {
                    const { View } = widget(field);
                    return (
                      <span key={field.key} className="card-fact">
                        <span className="meta">{field.label}</span>
                        <span className="ellipsis">
                          <View
                            field={field}
                            value={record[field.key] as Value}
                            app={app}
                            compact
                            signed
                          />
                        </span>
                      </span>
                    );
                  })}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      <div ref={end} className="meta cards-end">
        {more ? t("list.loadingMore") : records.length > 20 ? t("list.end") : ""}
      </div>
    </>
  );
}
