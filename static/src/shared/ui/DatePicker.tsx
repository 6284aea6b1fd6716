/** Dates and moments; the library's picker comes in its own chunk when first needed. */
import { lazy, Suspense } from "react";

import { Input } from "./Input";

const Picker = lazy(() => import("./LazyDatePicker"));

export interface DatePickerProps {
  /** `2026-11-21` for a date, ISO 8601 with offset for a moment. */
  value: string | null;
  onChange: (value: string | null) => void;
  time?: boolean;
  /** The zone in which a moment is shown and read. */
  zone?: string;
  id?: string;
  disabled?: boolean;
  autoFocus?: boolean;
  placeholder?: string;
  "aria-label"?: string;
  "aria-invalid"?: boolean;
  "aria-describedby"?: string;
  status?: "error";
  size?: "small" | "middle" | "large";
}

export function DatePicker(props: DatePickerProps) {
  return (
    <Suspense
      fallback={
        <Input
          value={props.value ?? ""}
          onChange={() => undefined}
          id={props.id}
          size={props.size}
          disabled
          aria-label={props["aria-label"]}
          aria-describedby={props["aria-describedby"]}
        />
      }
    >
      <Picker {...props} />
    </Suspense>
  );
}
