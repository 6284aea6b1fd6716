/** A property panel drawn only from an options schema: groups, order, labels and editors come from it. */
import { useId, useState } from "react";

import { Icon } from "@/shared/icons";
import { localized } from "@/shared/i18n";
import type { Problem } from "@/shared/types";
import { Switch } from "@/shared/ui/Switch";
import { Tooltip } from "@/shared/ui/Tooltip";

import type { Schema } from "../../api";
import { isObject, plain, type Json } from "../../core/json";
import { t } from "../../texts";
import { editorOf, isInline } from "./editors";
import "./schema.css";

interface Props {
  schema: Schema;
  value: Record<string, Json | undefined>;
  /** A property has changed; `merge` names the gesture it belongs to. */
  onChange: (path: string[], value: Json | undefined, merge?: string) => void;
  problems?: readonly (Problem & { inner: string })[];
  /** Properties that are drawn elsewhere or do not apply. */
  without?: readonly string[];
  path?: readonly string[];
}

const GROUPS = ["basic", "rules", "more"] as const;

function inOrder(schema: Schema, without: readonly string[]): [string, Schema][] {
  return Object.entries(schema.properties ?? {})
    .filter(([name, property]) => !without.includes(name) && property.const === undefined)
    .map(([name, property], index) => ({
      name,
      property,
      order: property["x-order"] ?? 1000 + index,
    }))
    .sort((a, b) => a.order - b.order)
    .map(({ name, property }) => [name, property]);
}

/**
 * Whether a property says anything beside the others: one named like a value of a choice belongs to that
 * value ("ratio" to mode ratio), and `x-when` names the values of others that it goes with.
 */
function applies(name: string, schema: Schema, value: Record<string, Json | undefined>): boolean {
  const given = (other: string): string =>
    plain(value[other] ?? schema.properties?.[other]?.default);
  const wanted = Object.entries(schema.properties?.[name]?.["x-when"] ?? {});
  if (wanted.some(([other, values]) => !values.includes(given(other)))) return false;
  return Object.entries(schema.properties ?? {}).every(([sibling, property]) => {
    if (sibling === name || !property.enum?.includes(name)) return true;
    return (value[sibling] ?? property.default) === name;
  });
}

export function SchemaForm({
  schema,
  value,
  onChange,
  problems = [],
  without = [],
  path = [],
}: Props) {
  const all = inOrder(schema, without).filter(([name]) => applies(name, schema, value));
  const [open, setOpen] = useState(false);
  const groups = GROUPS.map((group) => ({
    group,
    members: all.filter(([, property]) => (property["x-group"] ?? "basic") === group),
  })).filter(({ members }) => members.length > 0);
  return (
    <>
      {groups.map(({ group, members }) => {
        const body = members.map(([name, property]) => (
          <Property
            key={name}
            name={name}
            schema={property}
            value={value[name]}
            siblings={value}
            required={schema.required?.includes(name) ?? false}
            problems={problems.filter(
              ({ inner }) => inner === `/${name}` || inner.startsWith(`/${name}/`),
            )}
            onChange={onChange}
            path={[...path, name]}
          />
        ));
        if (group !== "more" || path.length)
          return (
            <div key={group} className={`properties-group is-${group}`}>
              {body}
            </div>
          );
        const used = members.some(([name]) => value[name] !== undefined);
        const wrong = members.some(([name]) =>
          problems.some(({ inner }) => inner.startsWith(`/${name}`)),
        );
        return (
          <div key={group} className="properties-group is-more">
            <button
              type="button"
              className="plain properties-toggle"
              aria-expanded={open || wrong}
              onClick={() => setOpen(!open)}
            >
              <Icon name={open || wrong ? "chevron-down" : "chevron-right"} />
              {t("d.advanced")}
              {used && !open && <span className="dot" />}
            </button>
            {(open || wrong) && body}
          </div>
        );
      })}
    </>
  );
}

interface PropertyProps {
  name: string;
  schema: Schema;
  value: Json | undefined;
  siblings: Record<string, Json | undefined>;
  required: boolean;
  problems: readonly (Problem & { inner: string })[];
  onChange: Props["onChange"];
  path: readonly string[];
}

function Property({
  name,
  schema,
  value,
  siblings,
  required,
  problems,
  onChange,
  path,
}: PropertyProps) {
  const id = useId();
  const label = localized(schema["x-label"]) || name;
  const help = localized(schema["x-help"]);
  const Editor = editorOf(schema);
  const set = (next: Json | undefined, merge?: string) => onChange([name], next, merge);
  if (!Editor && schema.properties)
    return (
      <ObjectProperty
        label={label}
        help={help}
        schema={schema}
        value={value}
        required={required}
        problems={problems}
        onChange={(inner, next, merge) =>
          onChange(inner.length ? [name, ...inner] : [name], next, merge)
        }
        path={path}
      />
    );
  if (!Editor) return null;
  const editor = (
    <Editor
      id={id}
      label={label}
      schema={schema}
      value={value}
      siblings={siblings}
      required={required}
      onChange={set}
      path={path}
      invalid={problems.length > 0}
    />
  );
  // A formula says itself what is wrong with it, at the column.
  const notes = (schema["x-widget"] === "formula" ? [] : problems).map((problem, index) => (
    <p
      key={index}
      className={`control-problem${problem.severity === "warning" ? " is-warning" : ""}`}
      role="alert"
    >
      {problem.message}
    </p>
  ));
  if (isInline(schema))
    return (
      <div className="control-group">
        <div className="control-inline">
          <span className="control-label">
            {label}
            {help && <Hint text={help} />}
          </span>
          {editor}
        </div>
        {notes}
      </div>
    );
  return (
    <div className="control-group">
      <label htmlFor={id} className="control-label">
        {label}
        {required && <span className="required-mark" aria-hidden="true" />}
        {help && <Hint text={help} />}
      </label>
      {editor}
      {notes}
    </div>
  );
}

export function Hint({ text }: { text: string }) {
  return (
    <Tooltip title={text}>
      <span className="hint" tabIndex={0} role="note" aria-label={text}>
        <Icon name="help" size={14} />
      </span>
    </Tooltip>
  );
}

interface ObjectProps {
  label: string;
  help: string;
  schema: Schema;
  value: Json | undefined;
  required: boolean;
  problems: readonly (Problem & { inner: string })[];
  onChange: Props["onChange"];
  path: readonly string[];
}

/** A closed object: on or off by a switch, unless all its parts are simple switches themselves. */
function ObjectProperty({
  label,
  help,
  schema,
  value,
  required,
  problems,
  onChange,
  path,
}: ObjectProps) {
  const object = isObject(value) ? value : undefined;
  const parts = Object.values(schema.properties ?? {});
  const always =
    required || parts.every((part) => part.type === "boolean" || part.enum || part.properties);
  const inner = (
    <div className="properties-nested">
      <SchemaForm
        schema={schema}
        value={object ?? {}}
        problems={problems.map((problem) => ({
          ...problem,
          inner: problem.inner
            .split("/")
            .slice(2)
            .map((part) => `/${part}`)
            .join(""),
        }))}
        onChange={(inside, next, merge) => onChange(inside, next, merge)}
        path={path}
      />
    </div>
  );
  return (
    <fieldset className="properties-object">
      <legend className="visually-hidden">{label}</legend>
      <div className="control-inline">
        <span className="control-label">
          <b>{label}</b>
          {help && <Hint text={help} />}
        </span>
        {!always && (
          <Switch
            label={label}
            checked={object !== undefined}
            onChange={(on) => onChange([], on ? initialObject(schema) : undefined)}
          />
        )}
      </div>
      {(always || object !== undefined) && inner}
    </fieldset>
  );
}

/** An object with what its schema demands, each at its default or a first sensible value. */
export function initialObject(schema: Schema): Record<string, Json> {
  const result: Record<string, Json> = {};
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (property.const !== undefined) result[name] = property.const;
    else if (
      property.default !== undefined &&
      (schema.required?.includes(name) || property.type === "array")
    )
      result[name] = property.default;
    else if (schema.required?.includes(name)) result[name] = initialValue(property);
  }
  return result;
}

function initialValue(schema: Schema): Json {
  if (schema.enum) return schema.enum[0] ?? "";
  if (schema["x-widget"] === "duration") return "1d";
  if (schema.type === "array") return [];
  if (schema.type === "object") return initialObject(schema);
  if (schema.type === "boolean") return false;
  if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
  return "";
}
