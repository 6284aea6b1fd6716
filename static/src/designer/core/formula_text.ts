/** Formula text as pieces for the editor: chips with labels for names, plain text for the rest. */

export interface Name {
  path: string;
  label: string;
}
export type Piece = { kind: "text"; text: string } | { kind: "name"; path: string; label: string };

const TOKEN = /'[^']*'|"[^"]*"|[a-zA-Z_][\w]*(?:\.[a-zA-Z_][\w]*)*\s*\(?|[^'"a-zA-Z_]+|['"]/g;

/** The formula in pieces; names the form does not have stay text, and so the problem is seen there. */
export function piecesOf(formula: string, names: readonly Name[]): Piece[] {
  const byPath = new Map(names.map((name) => [name.path, name]));
  const pieces: Piece[] = [];
  const say = (text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === "text") last.text += text;
    else if (text) pieces.push({ kind: "text", text });
  };
  for (const [token] of formula.matchAll(TOKEN)) {
    const path = token.trimEnd();
    const name = byPath.get(path);
    if (name) {
      pieces.push({ kind: "name", path, label: name.label });
      say(token.slice(path.length));
    } else say(token);
  }
  return pieces;
}

/** What a person has typed with labels in it, as formula text over keys; quoted texts stay as they are. */
export function keysForLabels(text: string, names: readonly Name[]): string {
  const count = new Map<string, number>();
  for (const { label } of names) count.set(label, (count.get(label) ?? 0) + 1);
  const labels = names
    .filter(
      ({ label, path }) =>
        label && label !== path && count.get(label) === 1 && !/^[\d\s]+$/.test(label),
    )
    .sort((a, b) => b.label.length - a.label.length);
  return text
    .split(/('[^']*'|"[^"]*"|“[^”]*”|‘[^’]*’)/)
    .map((part, index) => (index % 2 ? part : replaceLabels(part, labels)))
    .join("");
}

function replaceLabels(text: string, labels: readonly Name[]): string {
  let result = "";
  let at = 0;
  while (at < text.length) {
    const found = labels.find(({ label }) => startsWord(text, at, label));
    if (found) {
      result += found.path;
      at += found.label.length;
    } else {
      result += text[at] ?? "";
      at += 1;
    }
  }
  return result;
}

// A Latin label counts only as a whole word; Chinese has no spaces, so there the longest label wins.
function startsWord(text: string, at: number, label: string): boolean {
  if (!text.startsWith(label, at)) return false;
  const letter = /[\w.]/;
  const before = text[at - 1] ?? "";
  const after = text[at + label.length] ?? "";
  if (letter.test(label[0] ?? "") && letter.test(before)) return false;
  return !(letter.test(label.at(-1) ?? "") && (letter.test(after) || after === "("));
}

/** The word before the caret that completion looks at. */
export function wordBefore(text: string): string {
  return /(?:[a-zA-Z_][\w.]*|[\u3400-\u9fff][\u3400-\u9fff\w（）()]*)$/.exec(text)?.[0] ?? "";
}

/** A text with `{{key}}` in it, in pieces; keys without a name stay as they are written. */
export function templatePieces(text: string, names: readonly Name[]): Piece[] {
  const byPath = new Map(names.map((name) => [name.path, name]));
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .filter(Boolean)
    .map((part): Piece => {
      const name = part.startsWith("{{") ? byPath.get(part.slice(2, -2).trim()) : undefined;
      return name
        ? { kind: "name", path: name.path, label: name.label }
        : { kind: "text", text: part };
    });
}

/** The reverse of templatePieces. */
export function templateText(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.kind === "name" ? `{{${piece.path}}}` : piece.text)).join("");
}

/** Pieces as formula text over keys; a chip is kept apart from the letters beside it. */
export function formulaOfPieces(pieces: readonly Piece[]): string {
  let text = "";
  let afterName = false;
  for (const piece of pieces) {
    const part = piece.kind === "name" ? piece.path : piece.text;
    if (!part) continue;
    const apart = (piece.kind === "name" && /[\w.]$/.test(text)) || (afterName && /^\w/.test(part));
    text += apart ? ` ${part}` : part;
    afterName = piece.kind === "name";
  }
  return text;
}
