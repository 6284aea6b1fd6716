/** A native check box, styled; it needs a visible or spoken label. */
import { type ReactNode, useEffect, useRef } from "react";

interface Props {
  checked: boolean;
  onChange: (checked: boolean, event: React.ChangeEvent<HTMLInputElement>) => void;
  children?: ReactNode;
  label?: string;
  indeterminate?: boolean;
  disabled?: boolean;
  id?: string;
  "aria-describedby"?: string;
}

export function Checkbox({
  checked,
  onChange,
  children,
  label,
  indeterminate,
  disabled,
  id,
  ...rest
}: Props) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = !!indeterminate;
  }, [indeterminate]);
  return (
    <label className={`checkbox${disabled ? " is-disabled" : ""}`}>
      <input
        {...rest}
        ref={ref}
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-label={children ? undefined : label}
        onChange={(event) => onChange(event.target.checked, event)}
      />
      {children ? <span>{children}</span> : null}
    </label>
  );
}

interface RadioProps<V extends string> {
  name: string;
  value: V;
  options: readonly { value: V; label: ReactNode; help?: string }[];
  onChange: (value: V) => void;
  label: string;
  inline?: boolean;
}

export function Radios<V extends string>({
  name,
  value,
  options,
  onChange,
  label,
  inline,
}: RadioProps<V>) {
  return (
    <div role="radiogroup" aria-label={label} className={inline ? "radios is-inline" : "radios"}>
      {options.map((option) => (
        <label key={option.value} className="checkbox">
          <input
            type="radio"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.help ? <span className="meta radios-help">{option.help}</span> : null}
          </span>
        </label>
      ))}
    </div>
  );
}
