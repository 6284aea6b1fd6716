/** Who has the role: people and departments; applied at once, without publishing. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api } from "@/shared/api";
import { Button } from "@/shared/ui/Button";
import { SelectMany } from "@/shared/ui/Select";
import { attempt, toast } from "@/shared/ui/toast";

import { useDepartments, usePeople } from "../parts/schema/pickers";
import { useSession, useSessionState } from "../session";
import { t } from "../texts";

type Named = number | string | { id: number; name?: string; key?: string };
interface MembersAnswer {
  people: Named[];
  departments: Named[];
  positions: Named[];
}

function idOfMember(one: Named): number {
  return typeof one === "object" ? one.id : Number(one);
}

export function Members({ role }: { role: string }) {
  const { app } = useSession();
  const { info } = useSessionState();
  const client = useQueryClient();
  const [search, setSearch] = useState("");
  const people = usePeople(search);
  const departments = useDepartments();
  const path = `/api/apps/${app}/roles/${role}/members`;
  // Members belong to a published role; asking for those of a draft would only fail.
  const published =
    info.release !== null &&
    info.definitions.some(
      ({ kind, key, state }) => kind === "role" && key === role && state !== "added",
    );
  const members = useQuery({
    queryKey: ["members", app, role, info.release],
    queryFn: () => api.get<MembersAnswer>(path),
    enabled: published,
    retry: false,
  });
  const [chosen, setChosen] = useState<{ people: number[]; departments: number[] } | null>(null);
  const [busy, setBusy] = useState(false);
  const known = new Map<number, string>();
  for (const one of members.data?.people ?? [])
    if (typeof one === "object") known.set(one.id, one.name ?? String(one.id));
  for (const one of people.data?.people ?? []) known.set(one.id, one.name);
  const data = members.data;
  useEffect(() => {
    if (data)
      setChosen({
        people: data.people.map(idOfMember),
        departments: data.departments.map(idOfMember),
      });
  }, [data]);
  if (!published || members.isError)
    return (
      <section className="panel">
        <h2>{t("role.members")}</h2>
        <p className="muted">{t("role.membersAfter")}</p>
      </section>
    );
  const save = () =>
    attempt(async () => {
      setBusy(true);
      try {
        await api.put(path, {
          ...chosen,
          positions: (data?.positions ?? []).map((one) =>
            typeof one === "object" ? (one.name ?? one.key ?? "") : one,
          ),
        });
        await client.invalidateQueries({ queryKey: ["members", app, role] });
        toast(t("role.membersSaved"), { kind: "success" });
      } finally {
        setBusy(false);
      }
    });
  return (
    <section className="panel members">
      <h2>{t("role.members")}</h2>
      <p className="muted">{t("role.membersText")}</p>
      <div className="control-group">
        <span className="control-label">{t("role.people")}</span>
        <SelectMany<number>
          aria-label={t("role.people")}
          value={chosen?.people ?? []}
          options={[...known].map(([id, name]) => ({ value: id, label: name }))}
          onSearch={setSearch}
          loading={people.isFetching}
          onChange={(next) => setChosen({ people: next, departments: chosen?.departments ?? [] })}
        />
      </div>
      <div className="control-group">
        <span className="control-label">{t("role.departments")}</span>
        <SelectMany<number>
          aria-label={t("role.departments")}
          value={chosen?.departments ?? []}
          options={(departments.data?.departments ?? []).map((one) => ({
            value: one.id,
            label: one.name,
          }))}
          onChange={(next) => setChosen({ people: chosen?.people ?? [], departments: next })}
        />
      </div>
      <Button busy={busy} disabled={!chosen} onClick={() => void save()}>
        {t("role.saveMembers")}
      </Button>
    </section>
  );
}
