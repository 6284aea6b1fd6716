/** The organisation: departments as a tree, people as a table. */
import "../people/people.css";

import { useMemo, useState } from "react";

import { api } from "@/shared/api";
import { Link, useLocation, useParameter } from "@/shared/router";
import { PersonName } from "@/shared/ui/Avatar";
import { Button, IconButton } from "@/shared/ui/Button";
import { Checkbox } from "@/shared/ui/Checkbox";
import { Empty } from "@/shared/ui/Empty";
import { SearchInput } from "@/shared/ui/Input";
import { Menu } from "@/shared/ui/Menu";
import { Failure } from "@/shared/ui/Problems";
import { Select } from "@/shared/ui/Select";
import { Skeleton } from "@/shared/ui/Skeleton";
import { Tag } from "@/shared/ui/Tag";
import { attempt, toast } from "@/shared/ui/toast";
import { t } from "@/shared/texts/people";
import { useSearchText } from "@/widgets/pickers/RemoteSelect";

import { usePhone } from "../media";
import {
  type Member,
  peopleChanged,
  SYSTEM_ROLES,
  tree,
  useDepartments,
  usePeople,
} from "../people/data";
import { DepartmentDialog } from "../people/DepartmentDialog";
import { DepartmentTree } from "../people/DepartmentTree";
import { LeaveDialog } from "../people/LeaveDialog";
import { password, PasswordDialog, PersonDialog } from "../people/PersonDialog";
import { listSeparator } from "../queries";
import { mayManagePeople, usePerson } from "../session";
import { useTitle } from "../title";

export default function PeoplePage() {
  const me = usePerson();
  const manage = mayManagePeople(me);
  const phone = usePhone();
  const [, navigate] = useLocation();
  const [departmentParameter, setDepartment] = useParameter("department");
  const department = departmentParameter ? Number(departmentParameter) : null;
  const [typed, setTyped] = useState("");
  const [search, setSearch] = useSearchText();
  const [inactive, setInactive] = useState(true);
  const departments = useDepartments();
  const people = usePeople(search, department, inactive);
  const [editing, setEditing] = useState<Member | "new" | null>(null);
  const [place, setPlace] = useState<"new" | "edit" | null>(null);
  const [secret, setSecret] = useState<{ name: string; value: string } | null>(null);
  const [leaving, setLeaving] = useState<Member | null>(null);
  useTitle(t("people.title"));
  const branches = useMemo(() => tree(departments.data ?? []), [departments.data]);
  const list = people.data?.pages.flatMap((page) => page.people) ?? [];
  const current = departments.data?.find((one) => one.id === department) ?? null;

  const activate = async (person: Member) => {
    const done = await attempt(() => api.patch(`/api/people/${person.id}`, { active: true }));
    if (done === undefined) return;
    await peopleChanged();
    toast(t("people.activated", { name: person.name }), { kind: "success" });
  };
  const show = (name: string, value: string) => setSecret({ name, value });
  return (
    <div className="people">
      {!phone && (
        <aside className="people-side">
          <div className="row people-side-head">
            <h2 className="grow">{t("people.departments")}</h2>
            {manage && (
              <IconButton
                icon="add"
                size="small"
                label={t("people.addDepartment")}
                onClick={() => setPlace("new")}
              />
            )}
          </div>
          {departments.isPending ? (
            <Skeleton lines={5} />
          ) : (
            <DepartmentTree
              branches={branches}
              current={department}
              onChange={(id) => setDepartment(id === null ? null : String(id))}
            />
          )}
        </aside>
      )}
      <section className="people-main">
        <header className="people-head">
          <h1 className="ellipsis">{current?.name ?? t("people.title")}</h1>
          {current && manage && (
            <IconButton
              icon="edit"
              label={t("people.editDepartment")}
              onClick={() => setPlace("edit")}
            />
          )}
          <span className="grow" />
          {manage && (
            <>
              <Button icon="import" onClick={() => navigate("/people/import")}>
                {t("people.import")}
              </Button>
              <Button kind="primary" icon="add" onClick={() => setEditing("new")}>
                {t("people.addPerson")}
              </Button>
            </>
          )}
        </header>
        <div className="people-tools">
          <div className="people-search">
            <SearchInput
              label={t("people.search")}
              value={typed}
              onChange={(text) => {
                setTyped(text);
                setSearch(text.trim());
              }}
            />
          </div>
          {phone && (
            <Select
              aria-label={t("people.departments")}
              width={160}
              value={departmentParameter}
              clearable
              placeholder={t("people.all")}
              options={(departments.data ?? []).map((one) => ({
                value: String(one.id),
                label: one.name,
              }))}
              onChange={(id) => setDepartment(id)}
            />
          )}
          <Checkbox checked={inactive} onChange={setInactive}>
            {t("people.showInactive")}
          </Checkbox>
        </div>
        <div className="people-scroll">
          {people.isPending ? (
            <Skeleton lines={8} height={24} />
          ) : people.isError ? (
            <Failure error={people.error} onRetry={() => void people.refetch()} />
          ) : list.length === 0 ? (
            search ? (
              <Empty icon="search" title={t("people.none", { text: search })} />
            ) : (
              <Empty
                icon="team"
                title={t("people.empty")}
                text={manage ? t("people.emptyText") : undefined}
              />
            )
          ) : (
            <table className="people-table">
              <thead>
                <tr>
                  <th scope="col">{t("people.name")}</th>
                  <th scope="col">{t("people.username")}</th>
                  {!phone && <th scope="col">{t("people.department")}</th>}
                  {!phone && <th scope="col">{t("people.superior")}</th>}
                  {!phone && manage && <th scope="col">{t("people.email")}</th>}
                  <th scope="col">{t("people.state")}</th>
                  {manage && (
                    <th scope="col">
                      <span className="visually-hidden">{t("common.more")}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {list.map((person) => (
                  <tr key={person.id}>
                    <td>
                      {manage ? (
                        <button
                          type="button"
                          className="plain people-name"
                          onClick={() => setEditing(person)}
                        >
                          <PersonName name={person.name} id={person.id} size={24} />
                        </button>
                      ) : (
                        <PersonName name={person.name} id={person.id} size={24} />
                      )}
                    </td>
                    <td className="muted">{person.username}</td>
                    {!phone && <td>{person.department?.name ?? "—"}</td>}
                    {!phone && <td>{person.superior?.name ?? "—"}</td>}
                    {!phone && manage && <td className="muted ellipsis">{person.email || "—"}</td>}
                    <td>
                      <span className="tags">
                        {person.active === false ? (
                          <Tag>{t("people.inactive")}</Tag>
                        ) : person.can_sign_in === false ? (
                          <Tag color="amber">{t("people.noPassword")}</Tag>
                        ) : (
                          <Tag color="green">{t("people.active")}</Tag>
                        )}
                        {SYSTEM_ROLES.some((role) => person.system_roles?.includes(role)) && (
                          <span className="meta">
                            {SYSTEM_ROLES.filter((role) => person.system_roles.includes(role))
                              .map((role) => t(`people.${role}`))
                              .join(listSeparator)}
                          </span>
                        )}
                      </span>
                    </td>
                    {manage && (
                      <td className="people-more">
                        <Menu
                          placement="bottomRight"
                          items={[
                            {
                              key: "edit",
                              label: t("common.edit"),
                              icon: "edit",
                              run: () => setEditing(person),
                            },
                            {
                              key: "password",
                              label: t("people.temporary"),
                              icon: "key",
                              run: () => void password(person, show).then(peopleChanged),
                            },
                            "line",
                            ...(person.active === false
                              ? ([
                                  {
                                    key: "on",
                                    label: t("people.activate"),
                                    icon: "check",
                                    run: () => void activate(person),
                                  },
                                  {
                                    key: "hand_over",
                                    label: t("people.handOver"),
                                    icon: "arrow-right",
                                    run: () => setLeaving(person),
                                  },
                                ] as const)
                              : ([
                                  {
                                    key: "off",
                                    label: t("people.deactivate"),
                                    icon: "lock",
                                    danger: true,
                                    disabled: person.id === me?.id,
                                    run: () => setLeaving(person),
                                  },
                                ] as const)),
                          ]}
                        >
                          <IconButton
                            icon="more"
                            label={`${t("common.more")} ${person.name}`}
                            aria-haspopup="menu"
                            noTooltip
                          />
                        </Menu>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {people.hasNextPage && (
            <Button
              kind="text"
              block
              busy={people.isFetchingNextPage}
              onClick={() => void people.fetchNextPage()}
            >
              {t("people.more")}
            </Button>
          )}
          {!manage && (
            <p className="meta people-note">
              {t("people.notAllowed")} · <Link href="/me">{me?.name}</Link>
            </p>
          )}
        </div>
      </section>
      {editing && (
        <PersonDialog
          person={editing === "new" ? null : editing}
          departments={departments.data ?? []}
          department={department}
          onClose={() => setEditing(null)}
          onPassword={show}
        />
      )}
      {place && (
        <DepartmentDialog
          department={place === "edit" ? current : null}
          departments={departments.data ?? []}
          parent={department}
          onClose={() => setPlace(null)}
          onDeleted={() => {
            setPlace(null);
            setDepartment(null);
          }}
        />
      )}
      {secret && (
        <PasswordDialog name={secret.name} value={secret.value} onClose={() => setSecret(null)} />
      )}
      {leaving && (
        <LeaveDialog
          person={leaving}
          onClose={() => setLeaving(null)}
          onUndo={() => void activate(leaving)}
        />
      )}
    </div>
  );
}
