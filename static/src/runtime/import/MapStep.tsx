/** Which column goes to which field, how links and people are recognised, what happens to what exists. */
import { number } from "@/shared/format";
import { Checkbox } from "@/shared/ui/Checkbox";
import { Field } from "@/shared/ui/Field";
import { Select } from "@/shared/ui/Select";
import { t } from "@/shared/texts/import";

import type { Choices, Inspected, Target } from "./target";

interface Props {
  target: Target;
  inspected: Inspected;
  choices: Choices;
  onChange: (choices: Choices) => void;
  onSheet: (sheet: string) => void;
}

export function MapStep({ target, inspected, choices, onChange, onSheet }: Props) {
  const { columns, match } = choices;
  const mapped = Object.keys(columns).length;
  const set = (header: string, key: string | null) => {
    // A field takes one column: choosing it elsewhere takes it away there.
    const next = Object.fromEntries(
      Object.entries(columns).filter(([other, field]) => other !== header && field !== key),
    );
    if (key) next[header] = key;
    onChange({
      ...choices,
      columns: next,
      key: choices.key && !Object.values(next).includes(choices.key) ? null : choices.key,
    });
  };
  const fieldOf = (key: string | undefined) => target.fields.find((field) => field.key === key);
  const person = Object.values(columns).some((key) => fieldOf(key)?.person);
  return (
    <>
      <h2>{t("wizard.recognised", { n: mapped })}</h2>
      <p className="muted import-lead">
        {t("wizard.recognisedText", { rows: number(inspected.total) })}
      </p>
      {inspected.sheets && inspected.sheets.length > 1 && (
        <Field label={t("wizard.sheet")}>
          {({ id }) => (
            <Select
              id={id}
              aria-label={t("wizard.sheet")}
              width={320}
              value={inspected.sheet || inspected.sheets?.[0]}
              options={(inspected.sheets ?? []).map((name) => ({ value: name, label: name }))}
              onChange={(name) => name && onSheet(name)}
            />
          )}
        </Field>
      )}
      <div className="mapping-scroll">
        <table className="mapping">
          <thead>
            <tr>
              <th scope="col">{t("wizard.column")}</th>
              <th scope="col">{t("wizard.sample")}</th>
              <th scope="col">{t("wizard.field")}</th>
              <th scope="col">{t("wizard.matchBy")}</th>
            </tr>
          </thead>
          <tbody>
            {inspected.headers.map(({ header, samples }) => {
              const field = fieldOf(columns[header]);
              return (
                <tr key={header} className={field ? "" : "is-skipped"}>
                  <th scope="row">{header}</th>
                  <td className="muted ellipsis mapping-sample" title={samples.join(" · ")}>
                    {samples.slice(0, 3).join(" · ")}
                  </td>
                  <td>
                    <Select
                      aria-label={`${header} → ${t("wizard.field")}`}
                      value={columns[header] ?? null}
                      placeholder={t("wizard.skip")}
                      clearable
                      searchable
                      options={target.fields.map((one) => ({
                        value: one.key,
                        label: one.required ? `${one.label} *` : one.label,
                      }))}
                      onChange={(key) => set(header, key)}
                    />
                  </td>
                  <td>
                    {field?.matches && field.matches.length > 0 && (
                      <Select
                        aria-label={`${field.label} · ${t("wizard.matchBy")}`}
                        value={match[field.key] ?? field.matches[0]?.value ?? null}
                        options={field.matches}
                        onChange={(value) =>
                          value && onChange({ ...choices, match: { ...match, [field.key]: value } })
                        }
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <section className="import-options" aria-label={t("wizard.options")}>
        <Field label={t("wizard.mode")}>
          {({ id }) => (
            <Select<Choices["mode"]>
              id={id}
              aria-label={t("wizard.mode")}
              value={choices.mode}
              options={[
                { value: "create", label: t("wizard.modeCreate") },
                { value: "skip", label: t("wizard.modeSkip") },
                { value: "update", label: t("wizard.modeUpdate") },
                { value: "upsert", label: t("wizard.modeUpsert") },
              ]}
              onChange={(mode) => mode && onChange({ ...choices, mode })}
            />
          )}
        </Field>
        {choices.mode !== "create" && !target.people && (
          <Field label={t("wizard.key")} required>
            {({ id }) => (
              <Select
                id={id}
                aria-label={t("wizard.key")}
                value={choices.key}
                placeholder={t("common.select")}
                options={Object.values(columns).map((key) => ({
                  value: key,
                  label: fieldOf(key)?.label ?? "",
                }))}
                onChange={(key) => onChange({ ...choices, key })}
              />
            )}
          </Field>
        )}
        {!target.people && (
          <div className="stack import-checks">
            {person && (
              <Checkbox
                checked={choices.create_people}
                onChange={(on) => onChange({ ...choices, create_people: on })}
              >
                {t("wizard.createPeople")}
              </Checkbox>
            )}
            <Checkbox
              checked={choices.run_rules}
              onChange={(on) => onChange({ ...choices, run_rules: on })}
            >
              {t("wizard.runRules")}
            </Checkbox>
          </div>
        )}
      </section>
    </>
  );
}
