/** Starts the drag of a new field from the palette, or of a field that stands on the form. */
import type { Place } from "../core/layout";
import { followPointer, wordsGhost } from "../parts/drag";
import { placeAt } from "./drop";
import { setDrop } from "./drop_state";
import { labelOf, type FormEditor } from "./editor";

function canvasElement(): HTMLElement | null {
  return document.querySelector<HTMLElement>("[data-canvas]");
}

function follow(
  event: React.PointerEvent,
  dragged: string | null,
  words: string,
  drop: (place: Place) => void,
): void {
  let place: Place | null = null;
  followPointer(event, {
    ghost: wordsGhost(words),
    scroller: () => document.querySelector(".canvas-scroll"),
    onStart: () => setDrop({ dragging: dragged ?? "new" }),
    onMove: (point) => {
      const canvas = canvasElement();
      const next = canvas ? placeAt(canvas, point, dragged) : null;
      if (next === "keep") return;
      if (JSON.stringify(next) === JSON.stringify(place)) return;
      place = next;
      setDrop({ place: next });
    },
    onDrop: () => {
      setDrop({ dragging: null, place: null });
      if (place) drop(place);
    },
    onCancel: () => {
      setDrop({ dragging: null, place: null });
    },
  });
}

export function dragNew(
  event: React.PointerEvent,
  editor: FormEditor,
  type: string,
  words: string,
): void {
  follow(event, null, words, (place) => editor.add(type, place));
}

export function dragField(event: React.PointerEvent, editor: FormEditor, key: string): void {
  follow(event, key, labelOf(editor.form, key), (place) => editor.move(key, place));
}
