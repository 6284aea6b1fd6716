"""Titles of records of any forms, set-wise: for inboxes and notifications."""

from __future__ import annotations

from collections.abc import Iterable

from apps_runtime import records, releases

Place = tuple[str, str, int]


def labels(places: Iterable[tuple[str, str, int | None]]) -> dict[Place, str]:
    """(app, form, record) → title; records and forms that have gone are left out.

    Reads as the application: callers show titles only to those who were asked or told about them.
    """
    wanted: dict[tuple[str, str], set[int]] = {}
    for app, form, record in places:
        if record is not None:
            wanted.setdefault((app, form), set()).add(record)
    found: dict[Place, str] = {}
    for (app, form), ids in wanted.items():
        installed = releases.installed(app)
        if installed is None or form not in installed.plan.forms:
            continue
        for record, title in records.titles(installed, form, sorted(ids)).items():
            found[(app, form, record)] = title
    return found
