/** A condition as rows of field, comparison, value; what rows cannot say is edited as a formula. */
import { plain } from "../core/json";
import { useMemo, useState } from "react";

import { Button, IconButton } from "@/shared/ui/Button";
import { Input } from "@/shared/ui/Input";
import { Select, SelectMany } from "@/shared/ui/Select";

import {
  comparisonsFor,
  listItems,
  listOf,
  quoted,
  readCondition,
  unquoted,
  writeCondition,
  type Clause,
  type Comparison,
  type Condition,
} from "../core/condition";
import type { Option } from "../core/options";
import { useDocuments, words } from "../session";
import { t } from "../texts";
import { FormulaEditor } from "./FormulaEditor";
import {
  fieldsOf,
  systemFields,
  useNames,
  useSurroundings,
  type FieldChoice,
} from "./schema/context";
import { useDepartments, usePeople } from "./schema/pickers";
import "./formula.css";

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** Words before the first row. */
  lead?: string;
}

const LABELS: Record<Comparison, () => string> = {
  "=": () => t("form.is"),
  "!=": () => t("form.isNot"),
  ">": () => t("form.greater"),
  ">=": () => t("form.atLeast"),
  "<": () => t("form.less"),
  "<=": () => t("form.atMost"),
  in: () => t("form.isOneOf"),
  not_in: () => t("form.isNoneOf"),
  is_empty: () => t("form.isEmpty"),
  is_not_empty: () => t("form.isNotEmpty"),
  contains: () => t("form.contains"),
  is_me: () => t("form.isMe"),
  is_mine_or_below: () => t("form.isBelow"),
  within_days: () => t("form.withinDays"),
  older_than_days: () => t("form.olderThanDays"),
};

/** The fields a condition over the form can ask about, those behind its links included. */
export function useConditionFields(): FieldChoice[] {
  const { form, old } = useSurroundings();
  const documents = useDocuments();
  return useMemo(() => {
    const own = fieldsOf(documents, form);
    const behind = own
      .filter((choice) => choice.field.type === "link")
      .flatMap((link) =>
        fieldsOf(documents, plain(link.field.form)).map((choice) => ({
          ...choice,
          key: `${link.key}.${choice.key}`,
          label: `${link.label} · ${choice.label}`,
        })),
      );
    const before = old
      ? own.map((choice) => ({
          ...choice,
          key: `old.${choice.key}`,
          label: t("form.oldValue", { field: choice.label }),
        }))
      : [];
    return [...own, ...systemFields(), ...behind, ...before];
  }, [documents, form, old]);
}

export function ConditionBuilder({ label, value, onChange, lead }: Props) {
  const fields = useConditionFields();
  const names = useNames();
  const condition = readCondition(value);
  const readable =
    condition?.clauses.every((clause) => fields.some(({ key }) => key === clause.field)) ?? false;
  const [asFormula, setAsFormula] = useState(false);
  if (asFormula || !condition || !readable)
    return (
      <div className="condition">
        {lead && <p className="meta">{lead}</p>}
        <FormulaEditor
          label={label}
          value={value}
          names={names}
          purpose="condition"
          onChange={onChange}
          placeholder={t("form.conditionHint")}
        />
        {condition && readable && (
          <Button kind="link" size="small" onClick={() => setAsFormula(false)}>
            {t("form.asRows")}
          </Button>
        )}
      </div>
    );
  const put = (next: Condition) => onChange(writeCondition(next));
  const change = (index: number, clause: Clause) =>
    put({
      ...condition,
      clauses: condition.clauses.map((other, at) => (at === index ? clause : other)),
    });
  const add = () => {
    const first = fields.find((choice) => choice.field.type === "choice") ?? fields[0];
    if (first) put({ ...condition, clauses: [...condition.clauses, firstClause(first)] });
  };
  return (
    <div className="condition" role="group" aria-label={label}>
      {lead && condition.clauses.length > 0 && <p className="meta">{lead}</p>}
      {condition.clauses.map((clause, index) => (
        <div key={index} className="condition-row">
          {index > 0 && (
            <Select
              className="condition-join"
              size="small"
              variant="borderless"
              aria-label={t("form.join")}
              value={condition.join}
              options={[
                { value: "and", label: t("form.and") },
                { value: "or", label: t("form.or") },
              ]}
              onChange={(join) => put({ ...condition, join: join === "or" ? "or" : "and" })}
            />
          )}
          <ClauseRow clause={clause} fields={fields} onChange={(next) => change(index, next)} />
          <IconButton
            icon="close"
            size="small"
            label={t("common.remove")}
            onClick={() =>
              put({
                ...condition,
                clauses: condition.clauses.filter((_clause, at) => at !== index),
              })
            }
          />
        </div>
      ))}
      <div className="row condition-tools">
        <Button size="small" icon="add" onClick={add} disabled={fields.length === 0}>
          {t("form.addCondition")}
        </Button>
        <Button kind="link" size="small" onClick={() => setAsFormula(true)}>
          {t("form.asFormula")}
        </Button>
      </div>
    </div>
  );
}

function firstClause(choice: FieldChoice, comparison?: Comparison): Clause {
  const used =
    comparison ?? comparisonsFor(choice.field.type === "choice" ? "choice" : choice.type)[0] ?? "=";
  return { field: choice.key, comparison: used, value: firstValue(choice, used) };
}

function firstValue({ field, type }: FieldChoice, comparison: Comparison): string {
  const options = field.options as unknown as Option[] | undefined;
  if (field.type === "choice") {
    const value = String(options?.[0]?.value ?? "");
    return comparison === "in" || comparison === "not_in" ? listOf([value]) : quoted(value);
  }
  if (comparison === "within_days" || comparison === "older_than_days") return "7";
  if (type === "number" || type === "money") return "0";
  if (type === "date") return "TODAY()";
  if (type === "moment") return "NOW()";
  if (type === "check" || type === "boolean") return "true";
  if (type === "person") return "USER()";
  return "''";
}

function ClauseRow({
  clause,
  fields,
  onChange,
}: {
  clause: Clause;
  fields: FieldChoice[];
  onChange: (clause: Clause) => void;
}) {
  const choice = fields.find(({ key }) => key === clause.field);
  const type = choice?.field.type === "choice" ? "choice" : (choice?.type ?? "text");
  const comparisons = [...new Set([...comparisonsFor(type), clause.comparison])];
  return (
    <>
      <Select
        aria-label={t("form.field")}
        value={clause.field}
        searchable
        options={fields.map((other) => ({ value: other.key, label: other.label }))}
        onChange={(key) => {
          const next = fields.find((other) => other.key === key);
          if (next) onChange(firstClause(next));
        }}
      />
      <Select
        aria-label={t("form.comparison")}
        value={clause.comparison}
        options={comparisons.map((comparison) => ({
          value: comparison,
          label: LABELS[comparison](),
        }))}
        onChange={(comparison) => {
          if (!comparison || !choice) return;
          const kept = sameShape(clause.comparison, comparison)
            ? clause.value
            : firstValue(choice, comparison);
          onChange({ ...clause, comparison, value: kept });
        }}
      />
      {choice && !clause.comparison.startsWith("is_") && (
        <div className="condition-value">
          <ClauseValue
            clause={clause}
            choice={choice}
            type={type}
            onChange={(value) => onChange({ ...clause, value })}
          />
        </div>
      )}
    </>
  );
}

function sameShape(a: Comparison, b: Comparison): boolean {
  const shape = (comparison: Comparison): string => {
    if (comparison === "in" || comparison === "not_in") return "list";
    if (comparison.endsWith("_days")) return "days";
    if (comparison.startsWith("is_")) return "none";
    return "value";
  };
  return shape(a) === shape(b);
}

interface ValueProps {
  clause: Clause;
  choice: FieldChoice;
  type: string;
  onChange: (value: string) => void;
}

function ClauseValue({ clause, choice, type, onChange }: ValueProps) {
  const label = t("form.valueOf", { field: choice.label });
  const { comparison, value } = clause;
  if (comparison === "within_days" || comparison === "older_than_days")
    return (
      <Input
        aria-label={t("form.days")}
        inputMode="numeric"
        value={value}
        suffix={t("form.days")}
        onChange={(text) => onChange(text.replace(/\D/g, ""))}
      />
    );
  const options = ((choice.field.options as unknown as Option[]) ?? []).map((option) => ({
    value: option.value,
    label: words(option.label, option.value),
  }));
  if (comparison === "in" || comparison === "not_in")
    return (
      <SelectMany
        aria-label={label}
        value={listItems(value)}
        options={options}
        onChange={(items) => onChange(listOf(items))}
      />
    );
  if (type === "choice" || type === "choices")
    return (
      <Select
        aria-label={label}
        value={unquoted(value)}
        options={options}
        onChange={(next) => onChange(quoted(next ?? ""))}
      />
    );
  if (type === "check" || type === "boolean")
    return (
      <Select
        aria-label={label}
        value={value}
        options={[
          { value: "true", label: t("common.yes") },
          { value: "false", label: t("common.no") },
        ]}
        onChange={(next) => onChange(next ?? "true")}
      />
    );
  if (type === "person") return <PersonValue label={label} value={value} onChange={onChange} />;
  if (type === "department")
    return <DepartmentValue label={label} value={value} onChange={onChange} />;
  if (type === "date" && (value === "TODAY()" || /^'\d{4}-\d\d-\d\d'$/.test(value)))
    return <DateValue label={label} value={value} onChange={onChange} />;
  const isNumber = type === "number" || type === "money";
  const literal = isNumber ? /^-?\d*(\.\d*)?$/.test(value) : /^'.*'$|^".*"$/.test(value);
  if (!literal)
    return <Input aria-label={label} value={value} onChange={onChange} className="is-code" />;
  return (
    <Input
      aria-label={label}
      inputMode={isNumber ? "decimal" : "text"}
      value={isNumber ? value : unquoted(value)}
      onChange={(text) => onChange(isNumber ? text.replace(/[^\d.-]/g, "") : quoted(text))}
    />
  );
}

interface NamedProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function PersonValue({ label, value, onChange }: NamedProps) {
  const [search, setSearch] = useState("");
  const { data } = usePeople(search);
  const options = [
    { value: "USER()", label: t("form.me") },
    ...(data?.people ?? []).map((person) => ({
      value: quoted(person.username),
      label: person.name,
    })),
  ];
  if (!options.some((option) => option.value === value))
    options.push({ value, label: unquoted(value) });
  return (
    <Select
      aria-label={label}
      value={value}
      options={options}
      onSearch={setSearch}
      onChange={(next) => onChange(next ?? "USER()")}
    />
  );
}

function DepartmentValue({ label, value, onChange }: NamedProps) {
  const { data } = useDepartments();
  const options = (data?.departments ?? []).map((department) => ({
    value: quoted(department.key),
    label: department.name,
  }));
  if (value && !options.some((option) => option.value === value))
    options.push({ value, label: unquoted(value) });
  return (
    <Select
      aria-label={label}
      value={value || null}
      options={options}
      onChange={(next) => onChange(next ?? "''")}
    />
  );
}

function DateValue({ label, value, onChange }: NamedProps) {
  const fixed = value !== "TODAY()";
  return (
    <span className="row">
      <Select
        aria-label={label}
        value={fixed ? "date" : "today"}
        options={[
          { value: "today", label: t("common.today") },
          { value: "date", label: t("form.fixedDate") },
        ]}
        onChange={(next) =>
          onChange(next === "date" ? quoted(new Date().toISOString().slice(0, 10)) : "TODAY()")
        }
      />
      {fixed && (
        <input
          type="date"
          className="native-control"
          aria-label={label}
          value={unquoted(value)}
          onChange={(event) => event.target.value && onChange(quoted(event.target.value))}
        />
      )}
    </span>
  );
}
