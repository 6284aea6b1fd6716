/** Whether the screen shows its preview; a screen says whether it has one. */
import { useEffect, useSyncExternalStore } from "react";

let state = { available: false, on: false };
const listeners = new Set<() => void>();

function change(next: Partial<typeof state>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function usePreview() {
  const { available, on } = useSyncExternalStore(subscribe, () => state);
  return {
    available,
    on,
    toggle: () => change({ on: !state.on }),
    close: () => change({ on: false }),
  };
}

/** Called by a screen that can be previewed, as long as it is shown. */
export function usePreviewable(): void {
  useEffect(() => {
    change({ available: true, on: false });
    return () => change({ available: false, on: false });
  }, []);
}
