/** Choosing a colour or an icon, each with its name. */
import type { ReactNode } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import { designerLooks } from "@/shared/texts/designer_looks";

function lookName(name: string): string {
  return localized((designerLooks as Record<string, Record<string, string>>)[name]) || name;
}

interface Props {
  label: string;
  names: readonly string[];
  value: unknown;
  onPick: (name: string) => void;
}

export function Swatches(props: Props) {
  return <Choice {...props} kind="swatches" of={(name) => `swatch swatch-${name}`} />;
}

export function IconChoice(props: Props) {
  return <Choice {...props} kind="icon-choice" show={(name) => <Icon name={name} />} />;
}

interface ChoiceProps extends Props {
  kind: string;
  /** The classes of one button. */
  of?: (name: string) => string;
  show?: (name: string) => ReactNode;
}

function Choice({ label, names, value, onPick, kind, of, show }: ChoiceProps) {
  return (
    <div className={kind} role="radiogroup" aria-label={label}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="radio"
          aria-checked={value === name}
          aria-label={lookName(name)}
          title={lookName(name)}
          className={["plain", of?.(name)].filter(Boolean).join(" ")}
          onClick={() => onPick(name)}
        >
          {show?.(name)}
        </button>
      ))}
    </div>
  );
}
