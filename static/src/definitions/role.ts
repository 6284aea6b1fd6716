// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { Text } from "./text";

export interface RoleDefinition {
  kind: "role";
  key: string;
  format: number;
  label: Text;
  description?: Text;
  icon?: string;
  grants: ({
    form: string;
    see?: boolean | string;
    create?: boolean | "true" | "false";
    edit?: boolean | string;
    delete?: boolean | string;
    export?: boolean | "true" | "false";
    import?: boolean | "true" | "false";
    print?: boolean | "true" | "false";
    fields?: {
      [key: string]: "hide" | "see" | "edit";
    };
    mask?: {
      [key: string]: "middle" | "tail" | "all" | "email";
    };
  })[];
}
