import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function tokens(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((found) => [
      found[1] ?? "",
      found[2] ?? "",
    ]),
  );
}

const light = tokens(css.slice(css.indexOf(":root {"), css.indexOf('[data-theme="dark"]')));
const dark = new Map([
  ...light,
  ...tokens(css.slice(css.indexOf('[data-theme="dark"]'), css.indexOf("@media"))),
]);

/** WCAG 2.2 relative luminance and contrast ratio. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const PAIRS: [string, string, number][] = [
  ...["text", "text-2", "text-3", "link", "danger", "success"].flatMap(
    (text): [string, string, number][] => [
      [text, "surface", 4.5],
      [text, "ground", 4.5],
    ],
  ),
  ["text", "selected", 4.5],
  ["link", "selected", 4.5],
  ["text-2", "hover", 4.5],
  ["on-primary", "primary", 4.5],
  ["border", "surface", 3],
  ...["grey", "blue", "cyan", "green", "amber", "orange", "red", "pink", "purple"].map(
    (name): [string, string, number] => [name, `${name}-tint`, 4.5],
  ),
];

it.each(PAIRS)("%s on %s has %d : 1 in both themes", (front, back, least) => {
  for (const theme of [light, dark]) {
    const [a, b] = [theme.get(front), theme.get(back)];
    expect(a, front).toBeDefined();
    expect(b, back).toBeDefined();
    expect(contrast(a ?? "", b ?? "")).toBeGreaterThanOrEqual(least);
  }
});
