// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { Text } from "./text";

export interface FormDefinition {
  kind: "form";
  key: string;
  format: number;
  label: Text;
  description?: Text;
  icon?: string;
  title?: string;
  fields: {
    [key: string]: {
      type: "text";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
      min_length?: number;
      max_length?: number;
      pattern?: string;
      pattern_message?: Text;
    } | {
      type: "long_text";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      default?: string;
      read_only?: boolean;
      rows?: number;
      min_length?: number;
      max_length?: number;
    } | {
      type: "number";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
      scale?: number;
      unit?: string;
      thousands?: boolean;
      min?: number | string;
      max?: number | string;
    } | {
      type: "money";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
      currency?: string;
      scale?: number;
      min?: number | string;
      max?: number | string;
    } | {
      type: "choice";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
      options: ({
        value: string;
        label?: Text;
        color?: "grey" | "blue" | "cyan" | "green" | "amber" | "orange" | "red" | "pink" | "purple";
      })[];
    } | {
      type: "choices";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      default?: string;
      read_only?: boolean;
      options: ({
        value: string;
        label?: Text;
        color?: "grey" | "blue" | "cyan" | "green" | "amber" | "orange" | "red" | "pink" | "purple";
      })[];
      min_count?: number;
      max_count?: number;
    } | {
      type: "check";
      label?: Text;
      help?: Text;
      default?: string;
      read_only?: boolean;
    } | {
      type: "date";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
      min?: string;
      max?: string;
    } | {
      type: "moment";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
    } | {
      type: "person";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
    } | {
      type: "department";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
    } | {
      type: "phone";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
      mobile?: boolean;
    } | {
      type: "email";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
    } | {
      type: "link";
      label?: Text;
      hint?: Text;
      help?: Text;
      required?: boolean;
      unique?: boolean;
      default?: string;
      read_only?: boolean;
      form: string;
    } | {
      type: "lookup";
      label?: Text;
      help?: Text;
      link: string;
      field: string;
    } | {
      type: "serial";
      label?: Text;
      help?: Text;
      pattern: ({
        text: string;
      } | {
        date: "YYYY" | "YY" | "YYYYMM" | "YYMM" | "YYYYMMDD" | "YYMMDD" | "MM" | "MMDD";
      } | {
        counter: number;
        reset?: "never" | "year" | "month" | "week" | "day";
        start?: number;
      })[];
    } | {
      type: "formula";
      label?: Text;
      help?: Text;
      formula: string;
      returns: "text" | "number" | "money" | "date" | "moment" | "check" | "person" | "department";
      scale?: number;
      unit?: string;
      thousands?: boolean;
      currency?: string;
    };
  };
  layout?: ({
    tabs: ({
      label?: Text;
      rows: string[][];
    })[];
  } | {
    section?: Text;
    help?: Text;
    collapsed?: boolean;
    rows: string[][];
  })[];
  behaviour?: ({
    when: string;
    show?: string[];
    hide?: string[];
    require?: string[];
    read_only?: string[];
  })[];
  checks?: ({
    that: string;
    message: Text;
    at?: string;
  })[];
  unique?: string[][];
  views?: {
    [key: string]: {
      type: "table";
      label?: Text;
      icon?: string;
      where?: string;
      sort?: string[];
      filters?: string[];
      columns?: string[];
      group?: string;
      totals?: string[];
      density?: "compact" | "comfortable";
    } | {
      type: "kanban";
      label?: Text;
      icon?: string;
      where?: string;
      sort?: string[];
      filters?: string[];
      by: string;
      card?: string[];
      total?: string;
      color?: string;
    };
  };
  page?: {
    header?: string[];
    related?: ({
      form: string;
      link: string;
      label?: Text;
      columns?: string[];
    })[];
    timeline?: boolean;
    comments?: boolean;
  };
  public?: {
    fields: string[];
    title?: Text;
    text?: Text;
    button?: Text;
    thanks?: Text;
    opens_at?: string;
    closes_at?: string;
    most?: number;
    closed?: boolean;
  };
}
