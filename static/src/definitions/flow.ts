// Written by `make schema` from the closed schemas of definitions; do not edit.
import type { Text } from "./text";

export interface FlowDefinition {
  kind: "flow";
  key: string;
  format: number;
  label: Text;
  description?: Text;
  icon?: string;
  form: string;
  start?: {
    event?: "created" | "updated" | "manual";
    fields?: string[];
    when?: string;
  };
  automatic?: {
    nobody?: "administrator" | "agree" | "refuse" | "block";
    starter?: "ask" | "skip" | "manager";
    repeated?: "ask" | "skip";
  };
  withdraw?: boolean;
  nodes: {
    [key: string]: {
      type: "start";
      label?: Text;
      fields?: {
        [key: string]: "edit" | "require" | "see" | "hide";
      };
    } | {
      type: "approve";
      label?: Text;
      who: ({
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
      mode?: "any" | "all" | "sequence" | "ratio";
      ratio?: number;
      may?: {
        return?: {
          to?: string[];
          resubmit?: "restart" | "direct";
        };
        transfer?: boolean;
        add_signer?: boolean;
      };
      deadline?: {
        after: string;
        calendar?: string;
        remind?: string[];
        then?: "remind" | "agree" | "refuse" | "escalate";
      };
      fields?: {
        [key: string]: "edit" | "require" | "see" | "hide";
      };
      automatic?: {
        nobody?: "administrator" | "agree" | "refuse" | "block";
        starter?: "ask" | "skip" | "manager";
        repeated?: "ask" | "skip";
      };
      no_withdrawal?: boolean;
    } | {
      type: "exclusive";
      label?: Text;
    } | {
      type: "act";
      label?: Text;
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
      })[];
    } | {
      type: "wait";
      label?: Text;
      for?: string;
      until?: string;
      at?: string;
      calendar?: string;
    } | {
      type: "end";
      label?: Text;
    };
  };
  edges: ({
    from: string;
    to: string;
    on?: "agreed" | "refused";
    when?: string;
    default?: boolean;
    label?: Text;
  })[];
  picture?: {
    [key: string]: number[];
  };
}
