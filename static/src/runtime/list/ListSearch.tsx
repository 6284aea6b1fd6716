/** The search of a list: asks once typing rests, Escape empties it. */
import { useEffect, useRef, useState } from "react";

import { SearchInput } from "@/shared/ui/Input";

/** Milliseconds without a key before the list is asked again. */
const REST = 250;

interface Props {
  label: string;
  value: string;
  onChange: (value: string | null) => void;
}

export function ListSearch({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => latest.current(typed || null), REST);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return (
    <SearchInput
      label={label}
      value={typed}
      onChange={setTyped}
      onKeyDown={(event) => {
        if (event.key === "Escape" && typed) {
          event.preventDefault();
          setTyped("");
        }
      }}
    />
  );
}
