/** Choosing a colour or an icon, each with its name. */
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

export function Swatches({ label, names, value, onPick }: Props) {
  return (
    <div className="swatches" role="radiogroup" aria-label={label}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="radio"
          aria-checked={value === name}
          aria-label={lookName(name)}
          title={lookName(name)}
          className={`plain swatch swatch-${name}`}
          onClick={() => onPick(name)}
        />
      ))}
    </div>
  );
}

export function IconChoice({ label, names, value, onPick }: Props) {
  return (
    <div className="icon-choice" role="radiogroup" aria-label={label}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="radio"
          aria-checked={value === name}
          aria-label={lookName(name)}
          title={lookName(name)}
          className="plain"
          onClick={() => onPick(name)}
        >
          <Icon name={name} />
        </button>
      ))}
    </div>
  );
}
