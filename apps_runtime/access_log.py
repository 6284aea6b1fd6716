"""Writes down accesses that must be traceable: exports, looking through another person's eyes."""

from collections.abc import Mapping

from apps_runtime.models import AccessEntry


def add(
    action: str,
    *,
    person: int | None,
    app: str = "",
    form: str = "",
    params: Mapping[str, object] | None = None,
    address: str = "",
) -> None:
    """One entry; ``action`` is dotted, such as ``records.exported``."""
    AccessEntry.objects.create(
        person=person,
        action=action,
        app=app,
        form=form,
        params=dict(params or {}),
        address=address,
    )
