"""People and departments: who somebody is, whom they report to, which roles they have."""

from apps_runtime.people.directory import Directory, directory
from apps_runtime.people.facts import (
    APPLICATION,
    active,
    actor,
    department_head,
    department_id,
    department_people,
    members,
    person,
    person_id,
    position_people,
    roles,
    subordinates,
    superior,
    superiors,
    usernames,
)
from apps_runtime.people.stamp import bump_stamp, one_reading, stamp

__all__ = [
    "APPLICATION",
    "Directory",
    "active",
    "actor",
    "bump_stamp",
    "department_head",
    "department_id",
    "department_people",
    "directory",
    "members",
    "one_reading",
    "person",
    "person_id",
    "position_people",
    "roles",
    "stamp",
    "subordinates",
    "superior",
    "superiors",
    "usernames",
]
