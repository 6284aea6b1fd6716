/** A person's initials on a colour that stays the same. */
import { colorOf } from "../colors";

export function initials(name: string): string {
  const trimmed = name.trim();
  if (!trimmed) return "?";
  if (/[㐀-鿿]/.test(trimmed)) return trimmed.replace(/[^㐀-鿿]/g, "").slice(0, 1);
  const words = trimmed.split(/[\s._-]+/).filter(Boolean);
  return (
    (words[0]?.[0] ?? "") + (words.length > 1 ? (words[words.length - 1]?.[0] ?? "") : "")
  ).toUpperCase();
}

interface Props {
  name: string;
  id?: number | string;
  size?: number;
}

export function Avatar({ name, id, size = 24 }: Props) {
  const shade = colorOf(id ?? name);
  const text = initials(name);
  return (
    <span
      className="avatar"
      aria-hidden="true"
      // Drawn by CSS: initials are a picture, not text to be read, searched or copied.
      data-initials={text}
      style={{
        width: size,
        height: size,
        fontSize: Math.max(9, Math.round(size * (text.length > 1 ? 0.4 : 0.46))),
        color: `var(--${shade})`,
        background: `var(--${shade}-tint)`,
      }}
    />
  );
}

export function PersonName({ name, id, size = 20 }: Props) {
  return (
    <span className="person-name">
      <Avatar name={name} id={id} size={size} />
      <span className="ellipsis">{name}</span>
    </span>
  );
}
