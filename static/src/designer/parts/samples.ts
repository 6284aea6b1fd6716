/** Sample values for trying formulas in the designer; kept per form while the page is open. */
import { useSyncExternalStore } from "react";

import type { Json } from "@/shared/types";

import type { Option } from "../core/options";
import type { FieldChoice } from "./schema/context";

let given: Readonly<Record<string, Json>> = {};
const listeners = new Set<() => void>();

export function setSample(form: string, field: string, value: Json): void {
  given = { ...given, [`${form}.${field}`]: value };
  for (const listener of listeners) listener();
}

export function useSamples(): Readonly<Record<string, Json>> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => given,
  );
}

/** The value a field has in a trial: what the person gave, else something its type usually holds. */
export function sampleOf(
  samples: Readonly<Record<string, Json>>,
  form: string,
  { key, field, type }: FieldChoice,
  today: string,
): Json {
  const own = samples[`${form}.${key}`];
  if (own !== undefined) return own;
  if (field.type === "choice")
    return (field.options as unknown as Option[] | undefined)?.[0]?.value ?? null;
  if (type === "money") return "100";
  if (type === "number") return field.unit === "%" ? "50" : "2";
  if (type === "date") return today;
  if (type === "moment") return `${today}T09:00:00Z`;
  if (type === "check") return true;
  if (type === "text" || type === "long_text") return "";
  return null;
}

/** The field keys a checked formula reads, from its tree. */
export function namesInTree(tree: Json | undefined): string[] {
  const found = new Set<string>();
  const walk = (node: Json | undefined): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node && typeof node === "object") {
      const name = node.name;
      if (Array.isArray(name)) found.add(name.map(String).join("."));
      for (const [member, inner] of Object.entries(node))
        if (member !== "name" && member !== "value") walk(inner);
    }
  };
  walk(tree);
  return [...found];
}
