// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { Text } from "./text";

export interface DashboardDefinition {
  kind: "dashboard";
  key: string;
  format: number;
  label: Text;
  description?: Text;
  icon?: string;
  filters?: ({
    field: string;
    label?: Text;
    form?: string;
    default?: string;
  })[];
  refresh?: number;
  widgets: ({
    report: string;
    label?: Text;
    at: number[];
  })[];
}
