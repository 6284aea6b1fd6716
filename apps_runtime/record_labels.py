"""Titles of records of any forms, set-wise: for inboxes and notifications."""

from __future__ import annotations

from collections.abc import Iterable

from apps_runtime import records, releases

Place = tuple[str, str, int]


def labels(places: Iterable[tuple[str, str, int | None]], *, reader: int) -> dict[Place, str]:
    """(app, form, record) → title; records and forms that have gone are left out.

    No row rule is asked: callers show titles only to those who were asked or told about them. The
    fields that the reader's roles hide are not in them.
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
        for record, title in records.titles(installed, form, sorted(ids), reader=reader).items():
            found[(app, form, record)] = title
    return found
