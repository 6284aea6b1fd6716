"""A column → the field types it could be, and the one that is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from engines.forms.field_type import FieldType, field_types, load_field_types
from engines.forms.field_types.check import YES
from engines.forms.plain_text import narrow
from engines.forms.proposals import headers, options
from engines.forms.proposals.column import (
    EMPTY_SIGNS,
    EMPTY_WORDS,
    Column,
    Fit,
    count,
    fit,
    folded,
)
from engines.forms.proposals.headers import Header, read_header
from engines.forms.proposals.numbers import (
    Numbers,
    is_money,
    is_number,
    money_options,
    number_options,
    numbers,
)

OFFERED = (
    "text", "long_text", "number", "money", "date", "moment", "choice", "choices", "check",
    "phone", "email", "person",
)  # fmt: skip
"""Field types that a column can become, in the order in which they are offered."""

ENOUGH = 20  # cells, before a few odd ones among them are taken for mistakes
ODD_ONES = 0.05
STRANGERS = 0.2  # of the cells of a column of people
LONG = 80  # characters
FEW = 30  # options that are proposed; more are only offered
_MOBILE = re.compile(r"^(?:\+?86[ -]?|0086)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$")
_LANDLINE = re.compile(r"^(?:\(0\d{2,3}\)|0\d{2,3}-)\s?\d{7,8}(?:-\d{1,6})?$")
_FOREIGN = re.compile(r"^(?:\+\d{1,3}[ -]?[\d ()-]{6,16}|(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4})$")
_BARE_DAY = re.compile(r"^(?:19|20)\d{6}$")
_YEARS = range(1900, 2201)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The label of the field, the type it should have, and every type it could have."""

    label: str
    type: str
    fits: tuple[Fit, ...]


def proposal(column: Column) -> Proposal:
    """What the column should become; an empty column becomes text."""
    load_field_types()
    header = read_header(column.header)
    found = numbers(column)
    fits = {each.type: each for each in _fits(column, header, found)}
    chosen = next((each for each in _proposed(column, header, found, fits) if each in fits), "text")
    # The unit leaves the label only where the field shows it.
    shows_unit = chosen == "money" or "unit" in fits[chosen].options
    label = header.bare if shows_unit and header.unit else header.label
    return Proposal(label, chosen, tuple(fits[each] for each in OFFERED if each in fits))


def looks_like_data(header: str) -> bool:
    """A cell that is no name of a column: a number (but no year), a day, an address."""
    column = Column(header, {header.strip(): 1})
    load_field_types()
    found = numbers(column)
    if found is not None:
        return not found.years
    return any(
        fit(column, field_types[kind], {}).misfits == 0 for kind in ("date", "moment", "email")
    )


def _fits(column: Column, header: Header, found: Numbers | None) -> Iterator[Fit]:
    nothing = EMPTY_SIGNS | EMPTY_WORDS
    given: dict[str, dict[str, object]] = {
        "number": number_options(column, header, found),
        "money": dict(money_options(header, found)),
    }
    for key in OFFERED:
        kind: FieldType = field_types[key]
        if key in ("choice", "choices"):
            labels = options.labels(column.cells if key == "choice" else options.parts(column))
            if column.complete and options.can_be_options(labels):
                yield fit(column, kind, options.options(labels))
        elif key in ("text", "long_text"):
            yield fit(column, kind, {}, empty=())
        else:
            yield fit(column, kind, given.get(key, {}), empty=nothing)


def _proposed(
    column: Column, header: Header, found: Numbers | None, fits: dict[str, Fit]
) -> Iterator[str]:
    """Field types that suit, the best first."""
    if not column.filled:
        return
    if _suits(column, fits["person"], STRANGERS) and found is None:
        yield "person"
    if _suits(column, fits["check"]) and _says_yes(column, header):
        yield "check"
    if _suits(column, fits["email"]):
        yield "email"
    if _suits(column, fits["phone"]) and _is_phone(column, header):
        yield "phone"
    if _is_time(column, header):
        if _suits(column, fits["date"]):
            yield "date"
        if _suits(column, fits["moment"]):
            yield "moment"
    if found is not None and not found.names:
        if _suits(column, fits["money"]) and is_money(header, found):
            yield "money"
        if _suits(column, fits["number"]) and is_number(header, found):
            yield "number"
    elif found is None and _are_choices(column, header, fits):
        yield "choices"
    if (found is None or not found.names) and _is_choice(column, header, fits):
        yield "choice"
    if _is_long(column, header):
        yield "long_text"


def _suits(column: Column, found: Fit, share: float = ODD_ONES) -> bool:
    """All cells fit that are not left out as empty; of many cells, nearly all."""
    real = column.filled - count(column, found.blank)
    if real <= 0:
        return False
    most = share * real if real >= ENOUGH or share > ODD_ONES else 0
    return found.misfits <= most


def _says_yes(column: Column, header: Header) -> bool:
    """Zeros and ones alone are numbers unless the header asks a question."""
    cells = {folded(cell) for cell in column.cells}
    if not cells & YES:
        return False
    return not cells <= {"0", "1"} or bool(
        headers.YES_NO.search(header.bare) or header.bare.endswith(("?", "？"))
    )


def _is_phone(column: Column, header: Header) -> bool:
    if headers.PHONE.search(header.bare):
        return True
    written = [narrow(cell).replace("‐", "-") for cell in column.cells]
    known = [cell for cell in written if any(p.match(cell) for p in (_MOBILE, _LANDLINE, _FOREIGN))]
    return len(known) >= (1 - ODD_ONES) * len(written)


def _is_time(column: Column, header: Header) -> bool:
    """Days of our age; eight digits without a sign between them need more to be believed."""
    days = [narrow(cell) for cell in column.cells]
    bare = [cell for cell in days if _BARE_DAY.match(cell)]
    if len(bare) * 2 > len(days) and not headers.DAY.search(header.bare) and len(bare) < 5:
        return False
    return all(int(cell[:4]) in _YEARS for cell in days if cell[:4].isdigit())


def _is_choice(column: Column, header: Header, fits: dict[str, Fit]) -> bool:
    """Few different cells that come again and again."""
    if "choice" not in fits or headers.FREE.search(header.bare):
        return False
    if headers.NAMES_ONE.search(header.bare) and not headers.GROUPS.search(header.bare):
        return False
    different = len(options.labels(column.cells))
    filled = column.filled
    if different > FEW or any(len(cell) > LONG // 2 for cell in column.cells):
        return False
    if headers.GROUPS.search(header.bare):
        return filled >= 2 and different < filled
    return filled >= 6 and 1 < different <= filled // 2


def _are_choices(column: Column, header: Header, fits: dict[str, Fit]) -> bool:
    """Short words side by side in one cell, the same ones again and again."""
    if "choices" not in fits or headers.FREE.search(header.bare):
        return False
    several = count(column, (cell for cell in column.cells if options.PARTS.search(cell)))
    found = options.parts(column)
    return (
        several >= max(2, column.filled * 0.2)
        and len(found) <= FEW
        and sum(found.values()) >= 2 * len(found)
        and all(len(part) <= 16 for part in found)
    )


def _is_long(column: Column, header: Header) -> bool:
    longest = max(map(len, column.cells))
    if any("\n" in cell for cell in column.cells) or longest > LONG:
        return True
    return bool(headers.LONG.search(header.bare)) and longest > LONG // 2
