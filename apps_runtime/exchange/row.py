"""One row of a file that is imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """Where it stands in the file (first line is 1), its cells, or why it is unreadable.

    ``problem`` is a problem code; the cells are then what could be read of it.
    """

    line: int
    cells: tuple[str, ...]
    problem: str | None = None
