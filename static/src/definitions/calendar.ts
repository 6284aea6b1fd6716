// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { Text } from "./text";

export interface CalendarDefinition {
  kind: "calendar";
  key: string;
  format: number;
  label: Text;
  description?: Text;
  icon?: string;
  timezone?: string;
  week: {
    "1"?: [string, string][];
    "2"?: [string, string][];
    "3"?: [string, string][];
    "4"?: [string, string][];
    "5"?: [string, string][];
    "6"?: [string, string][];
    "7"?: [string, string][];
  };
  public_holidays?: boolean;
  holidays?: string[];
  workdays?: string[];
  days?: {
    [key: string]: [string, string][];
  };
}
