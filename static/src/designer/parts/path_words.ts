/** Places inside definitions in words: labels of fields and nodes, and the labels their schemas give. */
import { localized } from "@/shared/i18n";

import type { Catalogue, Schema } from "../api";
import type { Body } from "../core/definitions";
import { valueAt, type Json } from "../core/json";
import { words } from "../session";

/** The schema one step further along a path. */
function stepInto(schema: Schema | undefined, part: string): Schema | undefined {
  if (!schema) return undefined;
  const own = schema.properties?.[part];
  if (own) return own;
  for (const one of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
    const found = stepInto(one, part);
    if (found) return found;
  }
  if (/^\d+$/.test(part) && schema.items) return schema.items;
  return typeof schema.additionalProperties === "object" ? schema.additionalProperties : undefined;
}

/** "金额 › 最小值" for fields/amount/min; what has no words is left out. */
export function placeWords(
  catalogue: Catalogue,
  kind: string,
  parts: readonly string[],
  ...bodies: (Body | null | undefined)[]
): string {
  let schema = catalogue.definition_kinds.find((one) => one.key === kind)?.schema;
  return parts
    .map((part, index) => {
      schema = stepInto(schema, part);
      const path = parts.slice(0, index + 1);
      const label = bodies
        .map((body) =>
          words(
            (valueAt(body as Json | undefined, path) as { label?: unknown } | undefined)?.label,
          ),
        )
        .find(Boolean);
      return label ?? localized(schema?.["x-label"]);
    })
    .filter(Boolean)
    .join(" › ");
}
