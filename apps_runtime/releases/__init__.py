"""Installs applications, and holds the plans of what is installed.

Start at `installing`: `install` makes a release, in three steps (prepare, flip, follow up). What is
in force, and the lock that writers share, is in `in_force`.
"""

from apps_runtime.releases.follow_ups import follow_up, open_follow_ups, resume_follow_ups
from apps_runtime.releases.in_force import (
    Installed,
    enter,
    installed,
    numbers,
    plan,
    plan_of,
)
from apps_runtime.releases.installing import changed, install, operations_for, restore

__all__ = [
    "Installed",
    "changed",
    "enter",
    "follow_up",
    "install",
    "installed",
    "numbers",
    "open_follow_ups",
    "operations_for",
    "plan",
    "plan_of",
    "restore",
    "resume_follow_ups",
]
