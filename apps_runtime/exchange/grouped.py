"""Problems of an import, grouped: one entry a cause, with how often and where first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as member
from difflib import get_close_matches
from typing import Any

FIRST_ROWS = 5
MAX_GROUPS = 1_000
CANDIDATES = 5


@dataclass(slots=True)
class Group:
    """One cause: a code at a field with a value."""

    code: str
    field: str | None
    header: str | None
    value: str | None
    params: dict[str, Any]
    count: int = 0
    rows: list[int] = member(default_factory=list)
    candidates: list[str] = member(default_factory=list)


class GroupedProblems:
    """Collects problems row by row; round-trips through JSON, so a resumed import goes on."""

    def __init__(self, groups: Iterable[Mapping[str, Any]] = ()) -> None:
        self._groups: dict[tuple[str, str | None, str | None], Group] = {}
        for stored in groups:
            group = Group(**{**stored, "rows": list(stored["rows"])})
            self._groups[(group.code, group.field, group.value)] = group

    def add(
        self,
        line: int,
        code: str,
        *,
        field: str | None = None,
        header: str | None = None,
        value: str | None = None,
        params: Mapping[str, Any] | None = None,
        known: Iterable[str] = (),
    ) -> None:
        """Count one problem in ``line``; ``known`` are the values that would have been right.

        Beyond 1,000 different causes the value is left out of the grouping, so that every row is
        still counted while the list stays readable.
        """
        key = (code, field, value)
        group = self._groups.get(key)
        if group is None:
            if len(self._groups) >= MAX_GROUPS and value is not None:
                shared = {key: each for key, each in (params or {}).items() if each != value}
                self.add(line, code, field=field, header=header, params=shared)
                return
            group = Group(code, field, header, value, dict(params or {}))
            if value:
                group.candidates = close_to(value, known)
            self._groups[key] = group
        group.count += 1
        if len(group.rows) < FIRST_ROWS:
            group.rows.append(line)

    def as_json(self) -> list[dict[str, Any]]:
        """Groups, the most frequent first."""
        ordered = sorted(self._groups.values(), key=lambda group: (-group.count, group.rows[:1]))
        return [
            {
                "code": group.code,
                "field": group.field,
                "header": group.header,
                "value": group.value,
                "params": group.params,
                "count": group.count,
                "rows": group.rows,
                "candidates": group.candidates,
            }
            for group in ordered
        ]


def close_to(value: str, known: Iterable[str]) -> list[str]:
    """Known values that look like ``value``, the likeliest first (ratio of Ratcliff/Obershelp)."""
    by_folded = {folded(text): text for text in known}
    wanted = folded(value)
    if wanted in by_folded:
        return [by_folded[wanted]]
    return [by_folded[text] for text in get_close_matches(wanted, by_folded, CANDIDATES, 0.6)]


def folded(text: str) -> str:
    """Lower case letters, digits and Han characters only: what is left of a name when typed."""
    return "".join(character for character in text.casefold() if character.isalnum())
