"""Two states of an application's definitions: what was added, removed, changed, and where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engines.problems import pointer

Key = tuple[str, str]
Path = tuple[str | int, ...]
# Objects whose order is the author's: a change of order alone is a change.
_ORDERED = frozenset({"fields", "nodes", "views"})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. ``path`` is a JSON pointer into the definition, "" for the whole.

    A change of order has the path of the object or list and both orders of its keys.
    """

    kind: str
    key: str
    change: Literal["added", "removed", "changed"]
    path: str
    before: Any
    after: Any


def compare(
    old: Mapping[Key, Mapping[str, Any]], new: Mapping[Key, Mapping[str, Any]]
) -> tuple[Change, ...]:
    """All changes from ``old`` to ``new``, definition by definition in the order of ``new``."""
    found: list[Change] = []
    for (kind, key), body in new.items():
        before = old.get((kind, key))
        if before is None:
            found.append(Change(kind, key, "added", "", None, body))
        else:
            found.extend(
                Change(kind, key, change, pointer(*path), one, other)
                for change, path, one, other in _differences(
                    _meaningful(kind, before), _meaningful(kind, body), ()
                )
            )
    gone = [pair for pair in old if pair not in new]
    found.extend(Change(*pair, "removed", "", old[pair], None) for pair in gone)
    return tuple(found)


def _meaningful(kind: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    if kind != "flow":
        return body
    return {name: value for name, value in body.items() if name != "picture"}


Difference = tuple[Literal["added", "removed", "changed"], Path, Any, Any]


def _differences(old: Any, new: Any, path: Path) -> Iterator[Difference]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from _in_objects(old, new, path)
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        yield from _in_lists(list(old), list(new), path)
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield ("changed", path, old, new)


def _in_objects(old: Mapping[str, Any], new: Mapping[str, Any], path: Path) -> Iterator[Difference]:
    for key, value in new.items():
        if key not in old:
            yield ("added", (*path, key), None, value)
        else:
            yield from _differences(old[key], value, (*path, key))
    for key, value in old.items():
        if key not in new:
            yield ("removed", (*path, key), value, None)
    if path and path[-1] in _ORDERED:
        before = [key for key in old if key in new]
        after = [key for key in new if key in old]
        if before != after:
            yield ("changed", path, before, after)


def _identity(items: list[Any]) -> str | None:
    """The property by which the members of a list are known, where each has its own."""
    for name in ("value", "form", "section"):
        values = [item.get(name) for item in items if isinstance(item, Mapping)]
        plain = [value for value in values if isinstance(value, str)]
        if items and len(plain) == len(items) == len(set(plain)):
            return name
    return None


def _in_lists(old: list[Any], new: list[Any], path: Path) -> Iterator[Difference]:
    name = _identity(old) if _identity(old) == _identity(new) else None
    if name is None:
        if len(old) == len(new) and all(isinstance(each, Mapping) for each in (*old, *new)):
            for index, (before, after) in enumerate(zip(old, new, strict=True)):
                yield from _differences(before, after, (*path, index))
        elif old != new:
            yield ("changed", path, old, new)
        return
    before = {item[name]: item for item in old}
    after = {item[name]: item for item in new}
    places = {key: index for index, key in enumerate(before)}
    for index, (key, item) in enumerate(after.items()):
        if key not in before:
            yield ("added", (*path, index), None, item)
        else:
            yield from _differences(before[key], item, (*path, index))
    for key, item in before.items():
        if key not in after:
            yield ("removed", (*path, places[key]), item, None)
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield ("changed", path, list(before), list(after))
