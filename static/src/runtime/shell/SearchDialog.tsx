/** Search over all forms of the application that the person may see, by keyboard. */
import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import { api } from "@/shared/api";
import { Icon } from "@/shared/icons";
import { useLocation } from "@/shared/router";
import type { RecordList } from "@/shared/types";
import { t } from "@/shared/texts/search";
import { SearchInput } from "@/shared/ui/Input";
import { Modal } from "@/shared/ui/Modal";
import { useSearchText } from "@/widgets/pickers/RemoteSelect";

import { useShell } from "./context";

interface Hit {
  path: string;
  label: string;
  form: string;
  icon: string;
}

export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const { app } = useShell();
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useSearchText();
  const [at, setAt] = useState(0);
  const [, navigate] = useLocation();
  const forms = useMemo(() => app?.forms ?? [], [app]);
  const wanted = search.trim();
  const answers = useQueries({
    queries: forms.map((form) => ({
      queryKey: ["search", app?.key, form.key, wanted],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<RecordList>(`/api/apps/${app?.key}/records/${form.key}`, {
          query: { search: wanted, limit: 6, fields: "label" },
          signal,
        }),
      enabled: wanted.length > 0,
      retry: false,
    })),
  });
  const hits = useMemo(() => {
    const result: Hit[] = [];
    if (!app) return result;
    const lower = wanted.toLowerCase();
    for (const group of app.navigation) {
      for (const item of group.items) {
        if (item.label.toLowerCase().includes(lower)) {
          const path =
            item.type === "form"
              ? `/apps/${app.key}/${item.key}`
              : `/apps/${app.key}/${item.type}s/${item.key}`;
          result.push({
            path,
            label: item.label,
            form: t("search.page"),
            icon: item.icon ?? (item.type === "form" ? "form" : item.type),
          });
        }
      }
    }
    if (!wanted) return result.slice(0, 12);
    forms.forEach((form, index) => {
      for (const record of answers[index]?.data?.records ?? []) {
        result.push({
          path: `/apps/${app.key}/${form.key}/${record.id}`,
          label: record.label || t("search.untitled"),
          form: form.label,
          icon: form.icon ?? "form",
        });
      }
    });
    return result;
  }, [app, answers, forms, wanted]);
  const busy = answers.some((answer) => answer.isFetching);
  const current = Math.min(at, Math.max(0, hits.length - 1));
  const open = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    navigate(hit.path);
  };
  return (
    <Modal open top title={t("search.title")} onClose={onClose} footer={null} width={600}>
      <SearchInput
        label={t("search.title")}
        placeholder={t("search.hint", { app: app?.label ?? "" })}
        size="large"
        autoFocus
        value={typed}
        aria-controls="search-hits"
        aria-activedescendant={hits[current] ? `hit-${current}` : undefined}
        onChange={(text) => {
          setTyped(text);
          setSearch(text);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            const step = event.key === "ArrowDown" ? 1 : -1;
            setAt((current + step + hits.length) % Math.max(1, hits.length));
          } else if (event.key === "Enter") open(hits[current]);
        }}
      />
      <ul className="search-hits" id="search-hits" role="listbox" aria-label={t("search.title")}>
        {hits.map((hit, index) => (
          <li
            key={hit.path}
            id={`hit-${index}`}
            role="option"
            aria-selected={index === current}
            className={index === current ? "is-current" : ""}
            onPointerEnter={() => setAt(index)}
            onClick={() => open(hit)}
          >
            <Icon name={hit.icon} />
            <span className="grow ellipsis">{hit.label}</span>
            <span className="meta">{hit.form}</span>
          </li>
        ))}
      </ul>
      {wanted && !busy && hits.length === 0 ? (
        <p className="muted search-none">{t("search.none", { text: wanted })}</p>
      ) : null}
    </Modal>
  );
}
