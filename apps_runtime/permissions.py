"""What a person may do beside records: manage people, design, give roles.

Rights to records are the permissions of a `Caller`.
"""

from __future__ import annotations

from apps_runtime import people
from apps_runtime.refusals import forbidden, not_found


def has_system_role(person_id: int | None, *roles: str) -> bool:
    """Whether the active person has one of these system roles."""
    found = people.person(person_id)
    return found is not None and found.active and not set(roles).isdisjoint(found.system_roles)


def is_platform_administrator(person_id: int | None) -> bool:
    """Whether the person manages people, departments and every application."""
    return has_system_role(person_id, "platform_administrator")


def may_design(person_id: int | None, app: str) -> bool:
    """Platform administrators and application designers may; and the application's own ones."""
    return has_system_role(
        person_id, "platform_administrator", "application_designer"
    ) or "administrator" in people.roles(person_id, app)


def may_design_something(person_id: int | None) -> bool:
    """Whether the person may design at least one application, or create one."""
    if has_system_role(person_id, "platform_administrator", "application_designer"):
        return True
    known = people.directory()
    apps = {app for app, role in known.members if role == "administrator"}
    return any("administrator" in people.roles(person_id, app) for app in apps)


def may_create_applications(person_id: int | None) -> bool:
    """Whether the person may start a new application."""
    return has_system_role(person_id, "platform_administrator", "application_designer")


def may_manage_members(person_id: int | None, app: str) -> bool:
    """Platform administrators and members of the application's `administrator` role.

    An application designer may not: he could give himself the data he must not see.
    """
    return is_platform_administrator(person_id) or "administrator" in people.roles(person_id, app)


def require_platform_administrator(person_id: int | None) -> None:
    """Raises Refused with 403 for everybody else."""
    if not is_platform_administrator(person_id):
        raise forbidden()


def require_design(person_id: int | None, app: str) -> None:
    """403 for those who may not design this application; 404 if they may not see it either."""
    if may_design(person_id, app):
        return
    raise forbidden() if people.roles(person_id, app) else not_found()
