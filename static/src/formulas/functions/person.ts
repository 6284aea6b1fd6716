/** Who asks: person, departments, people below, roles. */
import { open } from "../function.ts";
import type { Family } from "../function.ts";

export const person: Family = {
  USER: open((_, { actor }) => actor.id),
  USERNAME: open((_, { actor }) => actor.name ?? null),
  DEPARTMENT: open((_, { actor }) => actor.department ?? null),
  DEPARTMENTS: open((_, { actor }) => [...(actor.departments ?? [])]),
  SUBORDINATES: open((_, { actor }) => [...(actor.subordinates ?? [])]),
  HAS_ROLE: open(([role]: [string | null], { actor }) =>
    role === null ? null : (actor.roles ?? []).includes(role),
  ),
};
