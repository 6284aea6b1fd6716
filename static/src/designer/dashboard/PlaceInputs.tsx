/** Place and size of a widget as four numbers, for those who do not drag. */
import { useId } from "react";

import { COLUMNS, fitted } from "../core/dashboard";
import type { At } from "../core/definitions";
import { t } from "../texts";

export function PlaceInputs({ at, onChange }: { at: At; onChange: (at: At) => void }) {
  const id = useId();
  // People count columns and rows from one.
  const inputs: [string, number, number, number, number][] = [
    [t("report.column"), 0, at[0] + 1, 1, COLUMNS],
    [t("report.row"), 1, at[1] + 1, 1, 200],
    [t("report.width"), 2, at[2], 2, COLUMNS],
    [t("report.height"), 3, at[3], 1, 40],
  ];
  return (
    <fieldset className="place-inputs">
      <legend className="control-label">{t("report.place")}</legend>
      {inputs.map(([label, index, value, least, most]) => (
        <label key={index} htmlFor={`${id}-${index}`}>
          <span className="meta">{label}</span>
          <input
            id={`${id}-${index}`}
            type="number"
            className="native-control"
            min={least}
            max={most}
            value={value}
            onChange={(event) => {
              const next: At = [...at];
              next[index] = Number(event.target.value) - (index < 2 ? 1 : 0);
              if (event.target.value) onChange(fitted(next));
            }}
          />
        </label>
      ))}
    </fieldset>
  );
}
