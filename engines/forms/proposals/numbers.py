"""Columns of numbers: amounts of money, percentages, measures; and digits that are a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engines.forms.numbers import MAX_SCALE
from engines.forms.plain_text import narrow
from engines.forms.proposals import headers
from engines.forms.proposals.column import EMPTY_SIGNS, EMPTY_WORDS, Column
from engines.forms.proposals.headers import Header

_NUMBER = re.compile(
    r"^\(?\s*[+-]?\s*(?P<sign>[¥$€£])?\s*[+-]?"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<places>\d*))?"
    r"\s*(?P<behind>%|元)?\s*\)?$"
)
MOST_DIGITS = 15  # as many as a spreadsheet keeps; longer ones are numbers of cards and papers
SIGNS = {"¥": "", "元": "", "$": "USD", "€": "EUR", "£": "GBP"}
MONEY_SCALE = 2
MOST_MONEY_PLACES = 6


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the cells of a column have in common as numbers.

    ``names``: they are digits that name something. ``percent``: all (True) or none (False) have
    the sign, None where only some have.
    """

    places: int
    percent: bool | None
    currencies: frozenset[str]
    signed: float
    names: bool
    years: bool


def numbers(column: Column) -> Numbers | None:
    """None where no cell is a number."""
    places = found = percent = signed = 0
    currencies: set[str] = set()
    zero_led = long = False
    years = True
    for cell, times in column.cells.items():
        if cell.casefold() in EMPTY_SIGNS | EMPTY_WORDS:
            continue
        match = _NUMBER.match(narrow(cell))
        if match is None or not (match["whole"] or match["places"]):
            continue
        whole = (match["whole"] or "").replace(",", "")
        found += times
        places = max(places, len(match["places"] or ""))
        zero_led |= len(whole) > 1 and whole.startswith("0")
        long |= len(whole) > MOST_DIGITS
        years &= len(whole) == 4 and whole[:2] in ("19", "20") and not match["places"]
        percent += times * (match["behind"] == "%")
        for sign in (match["sign"], match["behind"]):
            if sign in SIGNS:
                currencies.add(SIGNS[sign])
                signed += times
    if not found:
        return None
    return Numbers(
        places,
        True if percent == found else None if percent else False,
        frozenset(currencies),
        signed / found,
        zero_led or long,
        years,
    )


def number_options(column: Column, header: Header, found: Numbers | None) -> dict[str, object]:
    """Scale (where every cell is known), unit, and no thousands for years."""
    if found is None:
        return {}
    options: dict[str, object] = {}
    if column.complete and found.places <= MONEY_SCALE * 2:
        options["scale"] = found.places
    if found.percent or (header.unit == "%" and found.percent is False):
        options["unit"] = "%"
    elif header.unit and not found.currencies:
        options["unit"] = header.unit
    if found.years and headers.YEAR.search(header.bare):
        options["thousands"] = False
    return options


def money_options(header: Header, found: Numbers | None) -> Mapping[str, object]:
    """The currency where it is told, more than two places where they are needed."""
    if found is None:
        return {}
    options: dict[str, object] = {}
    told = header.currency or "".join(found.currencies if len(found.currencies) == 1 else ())
    if told:
        options["currency"] = told
    if found.places > MONEY_SCALE:
        options["scale"] = min(found.places, MOST_MONEY_PLACES)
    return options


def is_money(header: Header, found: Numbers) -> bool:
    """By signs at the numbers, by the unit, or by the header's words."""
    if found.percent is not False or len(found.currencies) > 1 or found.places > MOST_MONEY_PLACES:
        return False
    if found.currencies or header.currency is not None:
        return header.currency is not None or found.signed >= 0.5
    if header.unit:
        return False
    return bool(headers.MONEY.search(header.bare) and not headers.NO_MONEY.search(header.bare))


def is_number(header: Header, found: Numbers) -> bool:
    """Something to count with, not a name made of digits."""
    if found.percent is None or len(found.currencies) > 1 or found.places > MAX_SCALE:
        return False
    named = headers.NAMES_ONE.search(header.bare) and not headers.COUNTS.search(header.bare)
    return not (named and found.places == 0 and not found.percent)
