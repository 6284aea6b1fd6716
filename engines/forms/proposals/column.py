"""One column of a table as it was found: its header and its distinct cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from engines.forms.field_type import FieldType, InvalidValue, Options
from engines.forms.plain_text import narrow

EMPTY_SIGNS = frozenset(
    {
        "-", "--", "---", "—", "——", "–", "/", "\\", "n/a", "na", "#n/a", "null", "nil", "none",
        "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!",
    }
)  # fmt: skip
EMPTY_WORDS = frozenset({"无", "暂无", "没有", "空"})
"""What people and spreadsheets write where there is nothing; a choice may mean the words."""


@dataclass(frozen=True, slots=True)
class Column:
    """``cells`` are the distinct filled cells, without outer blanks, and how often each was seen.

    ``complete`` says that the column has no other cells than these. ``people`` are the folded
    names, usernames and addresses that each stand for exactly one person.
    """

    header: str
    cells: Mapping[str, int]
    complete: bool = True
    people: Collection[str] = field(default_factory=frozenset)

    @property
    def filled(self) -> int:
        """How many cells were looked at."""
        return sum(self.cells.values())


@dataclass(frozen=True, slots=True)
class Fit:
    """How a column would do as a field of ``type`` with these options.

    ``misfits`` of the cells looked at would be refused (``examples`` of them), the cells that read
    ``blank`` would be left empty.
    """

    type: str
    options: Mapping[str, object]
    misfits: int = 0
    examples: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()


EXAMPLES = 3


def fit(
    column: Column, kind: FieldType, options: Options, *, empty: Collection[str] = EMPTY_SIGNS
) -> Fit:
    """The column measured with the field type's own reading, so that an import agrees."""
    refused: list[str] = []
    blank: list[str] = []
    for cell in column.cells:
        if empty and cell.casefold() in empty and not _takes(column, kind, options, cell):
            blank.append(cell)
        elif not _takes(column, kind, options, cell):
            refused.append(cell)
    return Fit(
        kind.key,
        options,
        count(column, refused),
        tuple(refused[:EXAMPLES]),
        tuple(blank),
    )


def count(column: Column, cells: Iterable[str]) -> int:
    """How many cells of the column read like these."""
    return sum(column.cells[cell] for cell in cells)


def folded(cell: str) -> str:
    """A cell as people and options are compared."""
    return narrow(cell).casefold()


def _takes(column: Column, kind: FieldType, options: Options, cell: str) -> bool:
    if kind.key == "person":
        return cell.casefold() in column.people
    try:
        kind.parse(kind.from_text(cell, options), options)
    except InvalidValue:
        return False
    return True
