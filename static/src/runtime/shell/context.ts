/** What pages ask of the frame: the current application, a form to fill in, the search. */
import { createContext, use } from "react";

import type { AppInfo, RecordData, Value } from "@/shared/types";

export interface Filling {
  app: string;
  form: string;
  values?: Record<string, Value>;
  onSaved?: (record: RecordData) => void;
}

export interface ShellState {
  app: AppInfo | null;
  filling: Filling | null;
  fill: (filling: Filling | null) => void;
  search: () => void;
  help: () => void;
}

export const ShellContext = createContext<ShellState>({
  app: null,
  filling: null,
  fill: () => undefined,
  search: () => undefined,
  help: () => undefined,
});

export function useShell(): ShellState {
  return use(ShellContext);
}
