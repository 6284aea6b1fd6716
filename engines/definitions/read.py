"""JSON into a definition, or all the problems it has: the one reader of the stored form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engines.definitions.keys import key_problem
from engines.definitions.schemas import FURTHER, KINDS, schema
from engines.definitions.upgrades import UPGRADES, Upgrade, current_format, upgraded
from engines.definitions.validate import schema_problems
from engines.problems import Problem, Problems, pointer, problem, refuse
from engines.texts import Text
from engines.values import FORBIDDEN_KEYS, MAX_DEPTH, storable

MOST_PARTS = 50_000


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition whose structure is right; what it refers to has not been looked at."""

    kind: str
    key: str
    format: int
    label: Text
    body: Mapping[str, Any]


def read(
    data: Any,
    *,
    kind: str | None = None,
    key: str | None = None,
    steps: Sequence[Upgrade] = UPGRADES,
) -> Definition:
    """The definition in ``data``, upgraded to today's format. Raises Problems.

    ``kind`` and ``key`` say what is expected, from the address or the file name.
    """
    if not isinstance(data, Mapping):
        raise refuse("", "wrong_json_type", expected=["object"])
    _refuse_monsters(data)
    found = _head_problems(data, kind, key, steps)
    if found:
        raise Problems(found)
    own = str(data["kind"])
    body = upgraded(own, dict(data), steps)
    found = schema_problems(body, schema(own))
    if not found and own in FURTHER:
        found = FURTHER[own](body)
    if found:
        raise Problems(found)
    label = body.get("label") or body["key"]
    return Definition(own, body["key"], body["format"], label, body)


def _head_problems(
    data: Mapping[str, Any], kind: str | None, key: str | None, steps: Sequence[Upgrade]
) -> list[Problem]:
    found: list[Problem] = [
        problem(f"/{name}", "missing_property", name=name)
        for name in ("kind", "key", "format")
        if name not in data
    ]
    if found:
        return found
    own, name, version = data["kind"], data["key"], data["format"]
    if own not in KINDS:
        found.append(problem("/kind", "unknown_kind", value=str(own)[:80], known=list(KINDS)))
    elif kind is not None and own != kind:
        found.append(problem("/kind", "kind_differs", found=own, expected=kind))
    if not isinstance(name, str):
        found.append(problem("/key", "wrong_json_type", expected=["string"]))
    elif wrong := key_problem(name, "/key"):
        found.append(wrong)
    elif key is not None and name != key:
        found.append(problem("/key", "key_differs", found=name, expected=key))
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        found.append(problem("/format", "wrong_json_type", expected=["integer"]))
    elif not found and version > current_format(str(own), steps):
        limit = current_format(str(own), steps)
        found.append(problem("/format", "format_too_new", found=version, limit=limit))
    return found


def _refuse_monsters(data: Any) -> None:
    """Size, depth, forbidden keys and characters, counted without recursion."""
    parts = 0
    level: list[tuple[Any, tuple[str | int, ...]]] = [(data, ())]
    for _ in range(MAX_DEPTH):
        following: list[tuple[Any, tuple[str | int, ...]]] = []
        for value, path in level:
            parts += 1
            if parts > MOST_PARTS:
                raise refuse("", "definition_too_large", limit=MOST_PARTS)
            if isinstance(value, str):
                if not storable(value):
                    raise refuse(pointer(*path), "forbidden_character")
            elif isinstance(value, Mapping):
                for key, member in value.items():
                    if not isinstance(key, str) or not storable(key):
                        raise refuse(pointer(*path), "forbidden_character")
                    if key in FORBIDDEN_KEYS:
                        raise refuse(pointer(*path, key), "forbidden_key", key=key)
                    following.append((member, (*path, key)))
            elif isinstance(value, list | tuple):
                following.extend((member, (*path, index)) for index, member in enumerate(value))
            elif isinstance(value, float):
                # Only read_json makes the values of definitions, and it makes no floats.
                raise refuse(pointer(*path), "not_a_json_number", text=repr(value)[:40])
        level = following
        if not level:
            return
    raise refuse("", "json_too_deep", limit=MAX_DEPTH)
