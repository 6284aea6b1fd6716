/** Who is signed in, and what the platform lets them do. */
import { useQuery } from "@tanstack/react-query";

import { api } from "@/shared/api";
import { bootstrap } from "@/shared/bootstrap";
import type { Person } from "@/shared/types";

export function usePerson(): Person | null {
  const query = useQuery({
    queryKey: ["session"],
    queryFn: async ({ signal }) =>
      (await api.get<{ person: Person }>("/api/session", { signal })).person,
    initialData: bootstrap.person ?? undefined,
    staleTime: 5 * 60_000,
  });
  return query.data ?? null;
}

export function has(person: Person | null, ...roles: string[]): boolean {
  return !!person && roles.some((role) => person.system_roles.includes(role));
}

export const mayDesign = (person: Person | null) =>
  has(person, "platform_administrator", "application_designer");
export const mayManagePeople = (person: Person | null) => has(person, "platform_administrator");

export async function signOut(): Promise<void> {
  await api.delete("/api/session");
  window.location.assign("/login");
}
