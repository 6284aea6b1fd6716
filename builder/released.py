"""What is released of an application, with digests, as the draft is compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from apps_runtime.models import Application, Release
from apps_runtime.refusals import not_found
from engines.definitions.write import digest
from engines.values import read_json

Place = tuple[str, str]
"""Kind and key of a definition."""

Bodies = Mapping[Place, Any]


@dataclass(frozen=True, slots=True)
class Released:
    """The content of one release; number 0 is the empty one before the first."""

    number: int
    bodies: Bodies
    digests: Mapping[Place, str]


NOTHING = Released(0, MappingProxyType({}), MappingProxyType({}))


def in_force(app: str) -> Released:
    """The content that people are working with; empty before the first release."""
    found = Application.objects.filter(key=app).values_list("release_id", flat=True).first()
    return NOTHING if found is None else _content(found)


def release(app: str, number: int) -> Released:
    """One release of the application; 404 where there is no such number."""
    found = Release.objects.filter(app=app, number=number).values_list("pk", flat=True).first()
    if found is None:
        raise not_found()
    return _content(found)


@lru_cache(maxsize=20)
def _content(release_id: int) -> Released:
    """By the row's id, which is never used again; a release never changes."""
    found = Release.objects.get(pk=release_id)
    written: Any = read_json(found.definitions)
    bodies = {(body["kind"], body["key"]): body for body in written}
    return Released(
        found.number,
        MappingProxyType(bodies),
        MappingProxyType(digests(bodies)),
    )


def digests(bodies: Bodies) -> dict[Place, str]:
    """The digest of each definition."""
    return {place: digest(body) for place, body in bodies.items()}
