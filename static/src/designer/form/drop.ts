/** Where on the canvas the pointer means: read from the page as it is drawn at this moment. */
import type { Container, Place } from "../core/layout";
import { MOST_COLUMNS } from "../core/layout";
import type { Point } from "../parts/drag";

function containerOf(element: HTMLElement): Container {
  const [item = 0, tab] = (element.dataset.container ?? "0").split(",").map(Number);
  return tab === undefined ? [item] : [item, tab];
}

/**
 * The place for a drop at the point, `keep` while the pointer rests on the placeholder itself (the page
 * has moved under it, the person has not), or null beside the canvas.
 */
export function placeAt(
  canvas: HTMLElement,
  point: Point,
  dragged: string | null,
): Place | "keep" | null {
  const box = canvas.getBoundingClientRect();
  // The ground below the form belongs to it: a drop there goes to its end.
  const ground = canvas.parentElement?.getBoundingClientRect() ?? box;
  const bottom = Math.max(box.bottom, ground.bottom);
  if (point.x < box.left || point.x > box.right || point.y < box.top || point.y > bottom)
    return null;
  const under = document.elementFromPoint(point.x, point.y) as HTMLElement | null;
  if (!under) return null;
  if (under.closest("[data-placeholder]")) return "keep";
  const containerElement =
    under.closest<HTMLElement>("[data-container]") ?? nearestContainer(canvas, point);
  if (!containerElement) return null;
  const container = containerOf(containerElement);
  const rows = [...containerElement.querySelectorAll<HTMLElement>(":scope > [data-row]")];
  for (const element of rows) {
    const row = element.getBoundingClientRect();
    const number = Number(element.dataset.row);
    if (point.y < row.top) return { container, row: number, column: null };
    if (point.y > row.bottom) continue;
    const fields = [...element.querySelectorAll<HTMLElement>("[data-field]")].filter(
      (field) => field.dataset.field !== dragged,
    );
    const columns = [...element.querySelectorAll<HTMLElement>("[data-field]")].map(
      (field) => field.dataset.field,
    );
    const middle = row.top + row.height / 2;
    if (fields.length === 0) return { container, row: number, column: null };
    if (fields.length < MOST_COLUMNS) {
      for (const field of fields) {
        const rect = field.getBoundingClientRect();
        if (point.x < rect.left || point.x > rect.right) continue;
        const at = columns.indexOf(field.dataset.field);
        // The outer thirds mean "beside it", the middle means a row above or below.
        if (point.x < rect.left + rect.width * 0.3) return { container, row: number, column: at };
        if (point.x > rect.right - rect.width * 0.3)
          return { container, row: number, column: at + 1 };
      }
    }
    return { container, row: point.y < middle ? number : number + 1, column: null };
  }
  return { container, row: rows.length, column: null };
}

function nearestContainer(canvas: HTMLElement, point: Point): HTMLElement | null {
  const all = [...canvas.querySelectorAll<HTMLElement>("[data-container]")];
  let best: HTMLElement | null = null;
  let least = Infinity;
  for (const element of all) {
    const box = element.getBoundingClientRect();
    const distance =
      point.y < box.top ? box.top - point.y : point.y > box.bottom ? point.y - box.bottom : 0;
    if (distance < least) {
      least = distance;
      best = element;
    }
  }
  return best;
}
