/**
 * What is being dragged over the form, and where it would go; apart from the editor's state, so that a
 * moving pointer redraws only the gaps it passes and not the fields.
 */
import { useSyncExternalStore } from "react";

import type { Container, Place } from "../core/layout";

interface DropState {
  dragging: string | null;
  place: Place | null;
}

let state: DropState = { dragging: null, place: null };
const listeners = new Set<() => void>();

export function setDrop(change: Partial<DropState>): void {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isIn(place: Place | null, container: Container, row: number): place is Place {
  return place !== null && place.row === row && place.container.join() === container.join();
}

export function useIsDragging(): boolean {
  return useSyncExternalStore(subscribe, () => state.dragging !== null);
}

export function useHasPlace(): boolean {
  return useSyncExternalStore(subscribe, () => state.place !== null);
}

export function useIsDragged(key: string): boolean {
  return useSyncExternalStore(subscribe, () => state.dragging === key);
}

/** Whether the drop would make a new row before this one. */
export function useIsGap(container: Container, row: number): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isIn(state.place, container, row) && state.place.column === null,
  );
}

/** The column of the row where the drop would go, or null. */
export function useDropColumn(container: Container, row: number): number | null {
  return useSyncExternalStore(subscribe, () =>
    isIn(state.place, container, row) ? state.place.column : null,
  );
}
