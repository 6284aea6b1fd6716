/** The columns of a spreadsheet and the fields that they become; on a phone one below the other. */
import { memo } from "react";

import { number } from "@/shared/format";
import { Icon } from "@/shared/icons";
import { Checkbox } from "@/shared/ui/Checkbox";
import { Input } from "@/shared/ui/Input";
import { Select } from "@/shared/ui/Select";
import { t } from "@/shared/texts/table";

import { listSeparator } from "../queries";
import { type Column, fitOf, type Fit, type Proposal, type ProposedColumn } from "./proposal";

interface Props {
  found: Proposal;
  columns: readonly Column[];
  /** Names that are missing are shown as such. */
  tried: boolean;
  onChange: (index: number, column: Column) => void;
  onAll: (wanted: boolean) => void;
}

export function Columns({ found, columns, tried, onChange, onAll }: Props) {
  const wanted = columns.filter((column) => column.wanted).length;
  return (
    <table className="columns">
      <thead>
        <tr>
          <th scope="col" className="columns-check">
            <Checkbox
              label={t("table.includeAll")}
              checked={wanted === columns.length}
              indeterminate={wanted > 0 && wanted < columns.length}
              onChange={onAll}
            />
            <span className="columns-all" aria-hidden="true">
              {t("table.includeAll")}
            </span>
          </th>
          <th scope="col">{t("table.column")}</th>
          <th scope="col">{t("table.name")}</th>
          <th scope="col">{t("table.type")}</th>
          <th scope="col">{t("table.samples")}</th>
        </tr>
      </thead>
      <tbody>
        {found.columns.map((column, index) => {
          const chosen = columns[index];
          return (
            chosen && (
              <ColumnRow
                key={column.header}
                index={index}
                column={column}
                chosen={chosen}
                types={found.field_types}
                tried={tried}
                onChange={onChange}
              />
            )
          );
        })}
      </tbody>
    </table>
  );
}

interface RowProps {
  index: number;
  column: ProposedColumn;
  chosen: Column;
  types: Proposal["field_types"];
  tried: boolean;
  onChange: (index: number, column: Column) => void;
}

/** Three hundred of them stay quick: one is drawn again only when it changes itself. */
const ColumnRow = memo(function ColumnRow({
  index,
  column,
  chosen,
  types,
  tried,
  onChange,
}: RowProps) {
  const { header } = column;
  const set = (change: Partial<Column>) => onChange(index, { ...chosen, ...change });
  const nameless = tried && chosen.wanted && !chosen.label.trim();
  const fit = fitOf(column, chosen.type);
  return (
    <tr className={chosen.wanted ? "" : "is-skipped"}>
      <td className="columns-check">
        <Checkbox
          label={t("table.includeColumn", { column: header })}
          checked={chosen.wanted}
          onChange={(on) => set({ wanted: on })}
        />
      </td>
      <th scope="row">{header}</th>
      <td>
        <Input
          aria-label={t("table.nameOf", { column: header })}
          aria-invalid={nameless}
          status={nameless ? "error" : undefined}
          value={chosen.label}
          maxLength={80}
          disabled={!chosen.wanted}
          onChange={(label) => set({ label })}
        />
        {nameless && <p className="field-problem">{t("table.unnamed")}</p>}
      </td>
      <td>
        <Select
          aria-label={t("table.typeOf", { column: header })}
          value={chosen.type}
          disabled={!chosen.wanted}
          searchable={false}
          options={types.flatMap((type) =>
            fitOf(column, type.key)
              ? [
                  {
                    value: type.key,
                    label: type.label,
                    shown: (
                      <span className="columns-type">
                        <Icon name={type.icon} />
                        {type.label}
                      </span>
                    ),
                  },
                ]
              : [],
          )}
          onChange={(type) => type && set({ type })}
        />
      </td>
      <td className="columns-samples">
        <p className="muted ellipsis" title={column.samples.join(" · ")}>
          {column.samples.length ? column.samples.slice(0, 4).join(" · ") : t("table.empty")}
        </p>
        {chosen.wanted && fit && <Notes fit={fit} />}
      </td>
    </tr>
  );
});

const quoted = (cells: readonly string[]) => cells.map((cell) => `“${cell}”`).join(listSeparator);

function Notes({ fit }: { fit: Fit }) {
  const { options, unit } = fit.options;
  const labels = options?.map((option) => String(option.label)) ?? [];
  return (
    <>
      {labels.length > 0 && (
        <p className="meta">
          {t("table.options", {
            n: number(labels.length),
            options: labels.slice(0, 6).join(listSeparator) + (labels.length > 6 ? " …" : ""),
          })}
        </p>
      )}
      {unit && <p className="meta">{t("table.unit", { unit })}</p>}
      {fit.blank.length > 0 && (
        <p className="meta">{t("table.blank", { cells: quoted(fit.blank) })}</p>
      )}
      {fit.misfits > 0 && (
        <p className="columns-misfits">
          <Icon name="warning" size={14} />
          <span>{t("table.misfits", { n: number(fit.misfits), cells: quoted(fit.examples) })}</span>
        </p>
      )}
    </>
  );
}
