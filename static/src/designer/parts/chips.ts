/** Names as chips inside an editable element: written from pieces, read back as text. */
import type { Piece } from "../core/formula_text";

/** Without some text after it, no caret can stand behind a chip. */
const ZERO = "\u200b";

export function chip(path: string, label: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "formula-chip";
  element.contentEditable = "false";
  element.dataset.path = path;
  element.textContent = label;
  return element;
}

export function writeChips(root: HTMLElement, pieces: readonly Piece[]): void {
  const nodes = pieces.map((piece) =>
    piece.kind === "name" ? chip(piece.path, piece.label) : document.createTextNode(piece.text),
  );
  root.replaceChildren(...nodes, ...(nodes.length ? [document.createTextNode(ZERO)] : []));
}

export function withoutMarks(text: string): string {
  return text.replaceAll(ZERO, "").replaceAll("\u00a0", " ");
}

/** The pieces of an editable element, in order; line breaks are text. */
export function readChips(root: Node): Piece[] {
  const pieces: Piece[] = [];
  for (const node of root.childNodes) {
    if (node instanceof HTMLElement && node.dataset.path)
      pieces.push({ kind: "name", path: node.dataset.path, label: node.textContent ?? "" });
    else if (node instanceof HTMLBRElement) pieces.push({ kind: "text", text: "\n" });
    else if (node instanceof HTMLElement) {
      if (pieces.length) pieces.push({ kind: "text", text: "\n" });
      pieces.push(...readChips(node));
    } else pieces.push({ kind: "text", text: withoutMarks(node.nodeValue ?? "") });
  }
  return pieces;
}

/** The caret as it was last inside the element, or else its end. */
export function caretIn(root: HTMLElement, remembered: Range | null): Range {
  if (remembered && root.contains(remembered.startContainer)) return remembered;
  const range = document.createRange();
  range.selectNodeContents(root);
  range.collapse(false);
  return range;
}

export function currentRange(root: HTMLElement | null): Range | null {
  const selection = document.getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  return range && root?.contains(range.startContainer) ? range.cloneRange() : null;
}

/** Puts a node at the range and the caret behind it (or inside a text); answers where the caret is. */
export function insertNode(range: Range, node: Node, inside: number | null = null): Range {
  range.deleteContents();
  range.insertNode(node);
  const after = document.createRange();
  if (inside !== null) after.setStart(node, inside);
  else {
    const space = document.createTextNode(ZERO);
    node.parentNode?.insertBefore(space, node.nextSibling);
    after.setStart(space, 1);
  }
  after.collapse(true);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(after);
  return after.cloneRange();
}
