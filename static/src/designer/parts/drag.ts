/**
 * Dragging by pointer events, for mouse, pen and touch alike; the only place that follows a pointer.
 *
 * A drag begins after a few pixels, so that a click stays a click. Moves are handled once a frame.
 * Escape, or a pointer that the system takes away (scrolling by touch), ends it without a drop.
 */
export interface Point {
  x: number;
  y: number;
}

export interface Drag {
  /** What follows the pointer; made when the drag begins. */
  ghost?: () => HTMLElement;
  onStart?: () => void;
  onMove: (point: Point, start: Point) => void;
  onDrop: (point: Point, start: Point) => void;
  onCancel?: () => void;
  /** The element to scroll when the pointer comes near its upper or lower edge. */
  scroller?: () => Element | null;
}

const THRESHOLD = 4;
const EDGE = 48;

export function followPointer(event: React.PointerEvent, drag: Drag): void {
  if (event.button !== 0 || !event.isPrimary) return;
  const start = { x: event.clientX, y: event.clientY };
  const source = event.currentTarget as HTMLElement;
  let last = start;
  let ghost: HTMLElement | null = null;
  let dragging = false;
  let frame = 0;

  const paint = () => {
    frame = 0;
    if (!dragging) return;
    if (ghost) ghost.style.transform = `translate(${last.x + 8}px, ${last.y + 8}px)`;
    drag.onMove(last, start);
    const scroller = drag.scroller?.();
    if (scroller) {
      const box = scroller.getBoundingClientRect();
      const speed = last.y < box.top + EDGE ? -10 : last.y > box.bottom - EDGE ? 10 : 0;
      if (speed && last.x > box.left && last.x < box.right) {
        scroller.scrollTop += speed;
        frame = requestAnimationFrame(paint);
      }
    }
  };

  const begin = () => {
    dragging = true;
    document.body.classList.add("is-dragging");
    if (drag.ghost) {
      ghost = drag.ghost();
      ghost.classList.add("drag-ghost");
      ghost.setAttribute("aria-hidden", "true");
      document.body.append(ghost);
    }
    drag.onStart?.();
  };

  const move = (moved: PointerEvent) => {
    if (moved.pointerId !== event.pointerId) return;
    last = { x: moved.clientX, y: moved.clientY };
    if (!dragging && Math.hypot(last.x - start.x, last.y - start.y) >= THRESHOLD) begin();
    if (dragging && !frame) frame = requestAnimationFrame(paint);
  };

  const end = (how: "drop" | "cancel") => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", up);
    window.removeEventListener("pointercancel", cancel);
    window.removeEventListener("keydown", key, true);
    if (frame) cancelAnimationFrame(frame);
    document.body.classList.remove("is-dragging");
    ghost?.remove();
    if (!dragging) return;
    // The click that follows a drag is not meant.
    const swallow = (click: MouseEvent) => {
      click.stopPropagation();
      click.preventDefault();
    };
    source.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => source.removeEventListener("click", swallow, true), 0);
    if (how === "drop") drag.onDrop(last, start);
    else drag.onCancel?.();
  };
  const up = (ended: PointerEvent) => {
    if (ended.pointerId !== event.pointerId) return;
    last = { x: ended.clientX, y: ended.clientY };
    // The last move may not have been painted: what is dropped is what is under the pointer now.
    if (dragging) drag.onMove(last, start);
    end("drop");
  };
  const cancel = (ended: PointerEvent) => ended.pointerId === event.pointerId && end("cancel");
  const key = (pressed: KeyboardEvent) => {
    if (pressed.key !== "Escape" || !dragging) return;
    pressed.preventDefault();
    pressed.stopPropagation();
    end("cancel");
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", up);
  window.addEventListener("pointercancel", cancel);
  window.addEventListener("keydown", key, true);
}

/** A small card with words in it, the usual thing to follow the pointer. */
export function wordsGhost(text: string): () => HTMLElement {
  return () => {
    const element = document.createElement("div");
    element.className = "ghost-words";
    element.textContent = text;
    return element;
  };
}
