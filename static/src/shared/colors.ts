/** The nine colours of choices and avatars; each is a text colour and a tint in `tokens.css`. */
export const COLORS = [
  "grey",
  "blue",
  "cyan",
  "green",
  "amber",
  "orange",
  "red",
  "pink",
  "purple",
] as const;

export type Color = (typeof COLORS)[number];

export function color(name: string | null | undefined): Color {
  return (COLORS as readonly string[]).includes(name ?? "") ? (name as Color) : "grey";
}

/** A colour that stays the same for the same thing. */
export function colorOf(seed: string | number): Color {
  const text = String(seed);
  let hash = 7;
  for (let i = 0; i < text.length; i += 1) hash = (hash * 31 + text.charCodeAt(i)) >>> 0;
  return COLORS[1 + (hash % (COLORS.length - 1))] ?? "blue";
}
