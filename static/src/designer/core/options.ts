/** Options of a choice as lines of text: one label a line, values stay with the labels they had. */
import { textOf, withText } from "./definitions";
import type { JsonObject } from "./json";

export interface Option extends JsonObject {
  value: string;
}

export const COLORS = [
  "blue",
  "green",
  "amber",
  "purple",
  "cyan",
  "orange",
  "pink",
  "red",
  "grey",
] as const;

/**
 * The options after the person has rewritten the lines. A line with the label of an old option is that
 * option; with as many lines as before, a line in the place of one that is gone is the same option renamed.
 */
export function optionsFrom(
  lines: readonly string[],
  before: readonly Option[],
  language: string,
  keyOf: (label: string, index: number) => string,
): Option[] {
  const labels = [...new Set(lines.map((line) => line.trim()).filter(Boolean))];
  const byLabel = new Map(
    before.map((option) => [textOf(option.label, language, option.value), option]),
  );
  const kept = new Set(labels.flatMap((label) => byLabel.get(label)?.value ?? []));
  const used = new Set(kept);
  return labels.map((label, index) => {
    const same = byLabel.get(label);
    if (same) return same;
    const there = before[index];
    if (there && labels.length === before.length && !kept.has(there.value)) {
      used.add(there.value);
      return { ...there, label: withText(there.label, language, label) };
    }
    let value = keyOf(label, index);
    for (let number = 2; used.has(value); number += 1) value = `${keyOf(label, index)}_${number}`;
    used.add(value);
    return { value, label, color: COLORS[index % COLORS.length] ?? "grey" };
  });
}

export function linesOf(options: readonly Option[], language: string): string {
  return options.map((option) => textOf(option.label, language, option.value)).join("\n");
}

/** A key from a Latin label; the server proposes better ones (pinyin), this one never waits. */
export function plainKey(label: string, fallback: string): string {
  const key = label
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 40);
  return /^[a-z](_?[a-z0-9])*$/.test(key) ? key : fallback;
}
