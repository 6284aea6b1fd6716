// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { ApplicationDefinition } from "./application";
import type { FormDefinition } from "./form";
import type { FlowDefinition } from "./flow";
import type { RuleDefinition } from "./rule";
import type { ReportDefinition } from "./report";
import type { DashboardDefinition } from "./dashboard";
import type { RoleDefinition } from "./role";
import type { CalendarDefinition } from "./calendar";

export type { Text } from "./text";
export type {
  ApplicationDefinition,
  FormDefinition,
  FlowDefinition,
  RuleDefinition,
  ReportDefinition,
  DashboardDefinition,
  RoleDefinition,
  CalendarDefinition,
};

/** Any definition, told apart by its `kind`. */
export type Definition =
  | ApplicationDefinition
  | FormDefinition
  | FlowDefinition
  | RuleDefinition
  | ReportDefinition
  | DashboardDefinition
  | RoleDefinition
  | CalendarDefinition;

export type Kind = Definition["kind"];
