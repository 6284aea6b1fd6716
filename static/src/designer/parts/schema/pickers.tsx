/** Editors that pick something named: fields, forms, people, roles, departments, nodes, flows. */
import { plain } from "../../core/json";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "@/shared/api";
import { Select, SelectMany } from "@/shared/ui/Select";

import { idOf } from "../../core/definitions";
import { useBodies, useDocuments, words } from "../../session";
import { t } from "../../texts";
import {
  fieldsOf,
  systemFields,
  useSurroundings,
  type EditorProps,
  type FieldChoice,
} from "./context";

/** The form a field picker means: its own, or the one that a sibling property names or links to. */
function useMeantForm({
  schema,
  siblings,
}: Pick<EditorProps, "schema" | "siblings">): string | null {
  const { form } = useSurroundings();
  const documents = useDocuments();
  const of = schema["x-of"];
  if (!of) return form;
  const named = siblings[of];
  if (typeof named !== "string") return null;
  if (documents[idOf("form", named)] && of !== "link") return named;
  const link = fieldsOf(documents, form).find(({ key }) => key === named)?.field;
  return typeof link?.form === "string" ? link.form : null;
}

function suits(choice: FieldChoice, types: readonly string[] | undefined): boolean {
  return !types || types.includes(choice.field.type) || types.includes(choice.type);
}

export function FieldPicker(props: EditorProps) {
  const { id, label, value, onChange, schema, required, invalid } = props;
  const form = useMeantForm(props);
  const documents = useDocuments();
  const types = schema["x-types"];
  const own = fieldsOf(documents, form);
  const options = [...own, ...systemFields()]
    .filter((choice) => suits(choice, types))
    .map((choice) => ({ value: choice.key, label: choice.label }));
  // People may also be found one link further: the customer's owner.
  if (types?.includes("person"))
    for (const link of own.filter((choice) => choice.field.type === "link"))
      for (const behind of fieldsOf(documents, plain(link.field.form)))
        if (suits(behind, types))
          options.push({
            value: `${link.key}.${behind.key}`,
            label: `${link.label} · ${behind.label}`,
          });
  if (types?.includes("starter")) options.unshift({ value: "starter", label: t("flow.starter") });
  const current =
    typeof value === "string" ? value : schema.default !== undefined ? plain(schema.default) : null;
  if (current && !options.some((option) => option.value === current))
    options.push({ value: current, label: current });
  return (
    <Select
      id={id}
      aria-label={label}
      value={current}
      options={options}
      clearable={!required}
      placeholder={t("form.chooseField")}
      status={invalid ? "error" : undefined}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

export function FieldsPicker(props: EditorProps) {
  const { id, label, value, onChange, schema } = props;
  const form = useMeantForm(props);
  const fields = fieldsOf(useDocuments(), form).filter((choice) =>
    suits(choice, schema["x-types"]),
  );
  const fixed = schema.items?.enum?.map(String);
  const options = fixed
    ? fixed.map((one) => ({ value: one, label: words(schema.items?.["x-labels"]?.[one], one) }))
    : fields.map((choice) => ({ value: choice.key, label: choice.label }));
  return (
    <SelectMany
      id={id}
      aria-label={label}
      value={Array.isArray(value) ? value.map(String) : []}
      options={options}
      placeholder={t("form.chooseFields")}
      onChange={(next) => onChange(next.length ? next : undefined)}
    />
  );
}

export function FormPicker({ id, label, value, onChange, invalid }: EditorProps) {
  const forms = useBodies("form");
  return (
    <Select
      id={id}
      aria-label={label}
      value={typeof value === "string" && value ? value : null}
      options={forms.map((form) => ({ value: form.key, label: words(form.label, form.key) }))}
      placeholder={t("d.chooseForm")}
      status={invalid ? "error" : undefined}
      onChange={(next) => next && onChange(next)}
    />
  );
}

export function FlowPicker({ id, label, value, onChange }: EditorProps) {
  const { form } = useSurroundings();
  const flows = useBodies("flow").filter((flow) => !form || flow.form === form);
  return (
    <Select
      id={id}
      aria-label={label}
      value={typeof value === "string" && value ? value : null}
      options={flows.map((flow) => ({ value: flow.key, label: words(flow.label, flow.key) }))}
      onChange={(next) => next && onChange(next)}
    />
  );
}

export function RolePicker({ id, label, value, onChange, invalid }: EditorProps) {
  const roles = useBodies("role");
  const options = roles.map((role) => ({ value: role.key, label: words(role.label, role.key) }));
  if (!options.some((option) => option.value === "administrator"))
    options.push({ value: "administrator", label: t("role.administrator") });
  return (
    <Select
      id={id}
      aria-label={label}
      value={typeof value === "string" && value ? value : null}
      options={options}
      status={invalid ? "error" : undefined}
      onChange={(next) => next && onChange(next)}
    />
  );
}

interface PersonRow {
  id: number;
  name: string;
  username: string;
}

export function usePeople(search: string) {
  return useQuery({
    queryKey: ["people", search],
    queryFn: () =>
      api.get<{ people: PersonRow[] }>("/api/people", { query: { search, limit: 50 } }),
    placeholderData: (previous) => previous,
    retry: false,
  });
}

/** Definitions name people by username. */
export function PersonPicker({ id, label, value, onChange, invalid }: EditorProps) {
  const [search, setSearch] = useState("");
  const { data, isFetching } = usePeople(search);
  const current = typeof value === "string" ? value : "";
  const options = (data?.people ?? []).map((person) => ({
    value: person.username,
    label: person.name,
  }));
  if (current && !options.some((option) => option.value === current))
    options.unshift({ value: current, label: current });
  return (
    <Select
      id={id}
      aria-label={label}
      value={current || null}
      options={options}
      onSearch={setSearch}
      loading={isFetching}
      placeholder={t("flow.choosePerson")}
      status={invalid ? "error" : undefined}
      onChange={(next) => next && onChange(next)}
    />
  );
}

interface DepartmentRow {
  id: number;
  key: string;
  name: string;
}

export function useDepartments() {
  return useQuery({
    queryKey: ["departments"],
    queryFn: () => api.get<{ departments: DepartmentRow[] }>("/api/departments"),
    retry: false,
  });
}

export function DepartmentPicker({ id, label, value, onChange, required }: EditorProps) {
  const { data } = useDepartments();
  const current = typeof value === "string" ? value : "";
  const options = (data?.departments ?? []).map((department) => ({
    value: department.key,
    label: department.name,
  }));
  if (current && !options.some((option) => option.value === current))
    options.unshift({ value: current, label: current });
  return (
    <Select
      id={id}
      aria-label={label}
      value={current || null}
      options={options}
      searchable
      clearable={!required}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
}

/** Nodes of the flow that can be gone back to. */
export function NodesPicker({ id, label, value, onChange, schema }: EditorProps) {
  const { flow } = useSurroundings();
  const options = Object.entries(flow?.nodes ?? {})
    .filter(([, node]) => node.type === "start" || node.type === "approve")
    .map(([key, node]) => ({
      value: key,
      label: words(node.label, node.type === "start" ? t("flow.start") : key),
    }));
  const current = Array.isArray(value)
    ? value.map(String)
    : Array.isArray(schema.default)
      ? schema.default.map(String)
      : [];
  return (
    <SelectMany
      id={id}
      aria-label={label}
      value={current}
      options={options}
      onChange={(next) => onChange(next.length ? next : undefined)}
    />
  );
}
