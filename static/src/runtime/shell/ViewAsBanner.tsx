/** Says all the time that the page is read as somebody else. */
import { useSyncExternalStore } from "react";

import { setViewAs } from "@/shared/api";
import { Icon } from "@/shared/icons";
import { queryClient } from "@/shared/queries";
import { t } from "@/shared/texts";
import { Button } from "@/shared/ui/Button";

const STORE = "mortise.view-as";

interface Viewed {
  id: number;
  name: string;
}

const listeners = new Set<() => void>();
let viewed: Viewed | null = read();
if (viewed) setViewAs(viewed.id);

function read(): Viewed | null {
  try {
    // `?view_as=7&view_as_name=…` is how the designer opens the application as a person.
    const query = new URLSearchParams(window.location.search);
    const id = Number(query.get("view_as"));
    if (id) {
      const chosen = { id, name: query.get("view_as_name") ?? "" };
      sessionStorage.setItem(STORE, JSON.stringify(chosen));
      query.delete("view_as");
      query.delete("view_as_name");
      const rest = query.toString();
      window.history.replaceState(null, "", window.location.pathname + (rest ? `?${rest}` : ""));
      return chosen;
    }
    return JSON.parse(sessionStorage.getItem(STORE) ?? "null") as Viewed | null;
  } catch {
    return null;
  }
}

/** Reads everything as that person, or as oneself again with null; for this browser tab only. */
export function viewAs(person: Viewed | null): void {
  viewed = person;
  if (person) sessionStorage.setItem(STORE, JSON.stringify(person));
  else sessionStorage.removeItem(STORE);
  setViewAs(person?.id ?? null);
  listeners.forEach((listener) => listener());
  void queryClient.resetQueries();
}

export function useViewedAs(): Viewed | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => viewed,
  );
}

export function ViewAsBanner() {
  const person = useViewedAs();
  if (!person) return null;
  return (
    <div className="view-as" role="status">
      <Icon name="eye" />
      <span className="grow">{t("shell.viewingAs", { name: person.name || `#${person.id}` })}</span>
      <Button size="small" onClick={() => viewAs(null)}>
        {t("shell.stopViewing")}
      </Button>
    </div>
  );
}
