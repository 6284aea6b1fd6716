// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { Text } from "./text";

export interface ReportDefinition {
  kind: "report";
  key: string;
  format: number;
  label: Text;
  description?: Text;
  icon?: string;
  form: string;
  dimensions?: ({
    field: string;
    by?: "year" | "quarter" | "month" | "week" | "day";
    label?: Text;
    empty?: boolean;
  })[];
  measures?: ({
    of: "count";
    where?: string;
    label?: Text;
    key?: string;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    of: "sum";
    field: string;
    where?: string;
    label?: Text;
    key?: string;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    of: "average";
    field: string;
    where?: string;
    label?: Text;
    key?: string;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    of: "minimum";
    field: string;
    where?: string;
    label?: Text;
    key?: string;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    of: "maximum";
    field: string;
    where?: string;
    label?: Text;
    key?: string;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    of: "distinct";
    field: string;
    where?: string;
    label?: Text;
    key?: string;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    of: "formula";
    formula: string;
    where?: string;
    label?: Text;
    key?: string;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  })[];
  funnel?: {
    field?: string;
    steps: (string | {
      label: Text;
      when: string;
    })[];
    count?: "current" | "reached";
  };
  where?: string;
  sort?: string[];
  limit?: number;
  others?: boolean;
  scope?: "mine" | "all";
  chart?: {
    type: "number";
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    type: "bar";
    orientation?: "vertical" | "horizontal";
    stack?: boolean;
    labels?: boolean;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    type: "line";
    area?: boolean;
    smooth?: boolean;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    type: "pie";
    hole?: boolean;
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    type: "funnel";
    format?: {
      style?: "auto" | "plain" | "compact" | "percent";
      places?: number;
    };
  } | {
    type: "table";
  };
}
