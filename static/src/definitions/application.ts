// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { Text } from "./text";

export interface ApplicationDefinition {
  kind: "application";
  key: string;
  format: number;
  label: Text;
  description?: Text;
  icon?: string;
  timezone?: string;
  currency?: string;
  language?: "zh-Hans" | "en";
  navigation?: ({
    label?: Text;
    icon?: string;
    items: ({
      form: string;
      view?: string;
      label?: Text;
      icon?: string;
    } | {
      dashboard: string;
      label?: Text;
      icon?: string;
    } | {
      report: string;
      label?: Text;
      icon?: string;
    })[];
  })[];
}
