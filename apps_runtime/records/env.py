"""What formulas of rules and flows see of a record: its values, links, and who acts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from apps_runtime import people
from apps_runtime.caller import Caller
from apps_runtime.records.facts import values_at
from apps_runtime.records.reading import titles
from apps_runtime.releases import Installed
from engines.forms.kept import kept_value
from engines.forms.plan import FormPlan, Path
from engines.formulas.to_python import Env
from engines.problems import Problems
from engines.queries.resolve import end
from engines.values import JsonValue


def record_env(
    installed: Installed,
    form: str,
    record: int,
    *,
    paths: Collection[Path],
    now: datetime,
    person: int | None = None,
    old: Mapping[str, JsonValue] | None = None,
    deleted: bool = False,
) -> Env | None:
    """The record as it is now, read as the application; None when it is not there.

    ``person`` is whom ``USER()`` means: the one whose change set off the rule. ``old`` are values
    before the change as the history keeps them. ``deleted`` reads a record in the recycle bin.
    """
    found = record_envs(
        installed, form, {record}, paths=paths, now=now, person=person, deleted=deleted
    ).get(record)
    if found is None or not old:
        return found
    return replace(found, old=typed(installed.plan.forms[form], old))


def record_envs(
    installed: Installed,
    form: str,
    records: set[int],
    *,
    paths: Collection[Path],
    now: datetime,
    person: int | None = None,
    deleted: bool = False,
) -> dict[int, Env]:
    """The same for several records with one statement; those that are not there are left out."""
    plan = installed.plan.forms.get(form)
    if plan is None:
        return {}
    caller = Caller.application(installed.app, person_id=person)
    own: set[Path] = {(each.key,) for each in plan.fields}
    own |= {(key,) for key in plan.system}
    wanted = own | {path for path in paths if _leads_on(installed, plan, path)}
    found = values_at(
        caller,
        installed,
        plan,
        records,
        wanted,
        reason="a rule or flow of the application",
        deleted="all" if deleted else "no",
    )
    known = people.directory()
    return {
        record: Env(
            values={path[0]: value for path, value in values.items() if len(path) == 1},
            now=now,
            zone=plan.zone,
            actor=caller.actor,
            links={path: value for path, value in values.items() if len(path) > 1},
            people=known.usernames,
            departments=known.department_keys,
        )
        for record, values in found.items()
    }


def _leads_on(installed: Installed, plan: FormPlan, path: Path) -> bool:
    """A run keeps its release: the form of today may have lost a field that it reads."""
    if plan.field(path[0]) is None:
        return False
    try:
        end(plan, path, installed.plan.forms)
    except Problems:
        return False
    return True


def typed(plan: FormPlan, values: Mapping[str, JsonValue] | None) -> dict[str, Any]:
    """Values as the history keeps them, as formulas see them."""
    return {
        key: kept_value(value, plan.by_key[key].value_type)
        for key, value in (values or {}).items()
        if key in plan.by_key
    }


def names_of(installed: Installed, form: str, env: Env, names: Collection[Path]) -> dict[Path, str]:
    """What people call the person, department or record that lies at each path."""
    plan = installed.plan.forms[form]
    known = people.directory()
    found: dict[Path, str] = {}
    for path in names:
        value = env.values.get(path[0]) if len(path) == 1 else env.links.get(path)
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not _leads_on(installed, plan, path)
        ):
            continue
        field = end(plan, path, installed.plan.forms).field
        if field.value_type.name == "person":
            person = known.people.get(value)
            found[path] = person.name if person else ""
        elif field.value_type.name == "department":
            department = known.departments.get(value)
            found[path] = department.name if department else ""
        elif field.target is not None:
            found[path] = titles(installed, field.target, [value]).get(value, "")
    return found
