"""The options of a choice from the distinct cells of a column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from engines.definitions.keys import proposed_key
from engines.forms.choosing import COLORS
from engines.forms.proposals.column import EMPTY_SIGNS, Column, folded

MOST_OPTIONS = 100
MAX_OPTION = 60  # characters
PARTS = re.compile(r"[,，;；、|]")
"""What stands between the options of one cell; `choices` reads a cell by the same signs."""


def labels(cells: Iterable[str]) -> tuple[str, ...]:
    """Each option once, as it was written first; signs for nothing are none."""
    found: dict[str, str] = {}
    for cell in cells:
        written = cell.strip()
        if written and written.casefold() not in EMPTY_SIGNS:
            found.setdefault(folded(written), written)
    return tuple(found.values())


def parts(column: Column) -> dict[str, int]:
    """The options that stand side by side in the cells, and how often each does."""
    found: dict[str, int] = {}
    for cell, times in column.cells.items():
        for part in PARTS.split(cell):
            if part.strip():
                found[part.strip()] = found.get(part.strip(), 0) + times
    return found


def can_be_options(found: tuple[str, ...]) -> bool:
    """Not none, not too many, and short enough to be chosen from."""
    return 0 < len(found) <= MOST_OPTIONS and all(
        len(each) <= MAX_OPTION and "\n" not in each for each in found
    )


def options(found: tuple[str, ...]) -> dict[str, list[Mapping[str, str]]]:
    """Values by pinyin, never one that another label could be taken for; colours in turn."""
    taken = {folded(label) for label in found}
    made: list[Mapping[str, str]] = []
    for index, label in enumerate(found):
        mine = folded(label)
        value = proposed_key(label, taken - {mine})
        taken.add(value)
        made.append({"value": value, "label": label, "color": COLORS[(index + 1) % len(COLORS)]})
    return {"options": made}
