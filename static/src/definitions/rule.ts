// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { Text } from "./text";

export interface RuleDefinition {
  kind: "rule";
  key: string;
  format: number;
  label: Text;
  description?: Text;
  icon?: string;
  form: string;
  active?: boolean;
  on: {
    event: "created";
  } | {
    event: "updated";
    fields?: string[];
  } | {
    event: "deleted";
  } | {
    event: "becomes_true";
  } | {
    event: "schedule";
    cron: string;
  } | {
    event: "reached";
    field: string;
    offset?: string;
    at?: string;
  };
  phase?: "before" | "after";
  when?: string;
  do: ({
    action: "set";
    values: {
      [key: string]: string;
    };
  } | {
    action: "assign";
    field: string;
    method?: "round_robin" | "least_open" | "fixed";
    among: ({
      type: "person";
      person: string;
    } | {
      type: "role";
      role: string;
    } | {
      type: "department";
      of?: string;
      department?: string;
      below?: boolean;
    } | {
      type: "department_head";
      of?: string;
      department?: string;
      level?: number;
    } | {
      type: "manager";
      of?: string;
      level?: number;
    } | {
      type: "field";
      field: string;
    } | {
      type: "starter";
    })[];
    open_when?: string;
    only_empty?: boolean;
  } | {
    action: "create_record";
    form: string;
    values: {
      [key: string]: string;
    };
  } | {
    action: "notify";
    to: ({
      type: "person";
      person: string;
    } | {
      type: "role";
      role: string;
    } | {
      type: "department";
      of?: string;
      department?: string;
      below?: boolean;
    } | {
      type: "department_head";
      of?: string;
      department?: string;
      level?: number;
    } | {
      type: "manager";
      of?: string;
      level?: number;
    } | {
      type: "field";
      field: string;
    } | {
      type: "starter";
    })[];
    text: Text;
  } | {
    action: "start_flow";
    flow: string;
  } | {
    action: "refuse";
    text: Text;
    field?: string;
  })[];
}
