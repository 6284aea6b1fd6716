"""Formats of TEXT(value, format): 0.00, #,##0.00, 0%, YYYY-MM-DD HH:mm."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from engines.formulas.numbers import EXACT, rounded
from engines.sql import Sql, sql

# What stands before and after the digits is kept as it is.
_NUMBER = re.compile(r"^([^0#]*?)(#,##)?(#|0+)(\.(0+))?(%?)([^0#]*)$")
_PARTS = re.compile(r"YYYY|yyyy|YY|yy|MM|DD|dd|HH|hh|mm|ss|M|D|d|H|h|m|s")
_POSTGRES = {
    "YYYY": "YYYY",
    "YY": "YY",
    "MM": "MM",
    "DD": "DD",
    "HH": "HH24",
    "mm": "MI",
    "ss": "SS",
    "M": "FMMM",
    "D": "FMDD",
    "H": "FMHH24",
    "m": "FMMI",
    "s": "FMSS",
}
_SAME = {"yyyy": "YYYY", "yy": "YY", "dd": "DD", "d": "D", "hh": "HH", "h": "H"}
_FIELDS = {
    "YYYY": "{:04d}",
    "MM": "{:02d}",
    "DD": "{:02d}",
    "HH": "{:02d}",
    "mm": "{:02d}",
    "ss": "{:02d}",
}


def number_text(value: Decimal, pattern: str) -> str | None:
    """``1234.5`` in ``#,##0.00`` → ``1,234.50``; empty when the format is not one."""
    match = _NUMBER.match(pattern)
    if match is None or len(match[3]) > 30 or len(match[5] or "") > 30:
        return None
    before, grouped, digits, _, places, percent, after = match.groups()
    shown = EXACT.multiply(value, Decimal(100)) if percent else value
    shown = rounded(shown, len(places or ""))
    whole, _, rest = format(shown.copy_abs(), "f").partition(".")
    whole = whole.zfill(len(digits))
    if grouped:
        whole = f"{int(whole):,}" if digits in ("0", "#") else whole
    sign = "-" if shown < 0 else ""
    return f"{before}{sign}{whole}{'.' + rest if rest else ''}{percent}{after}"


def number_sql(value: Sql, pattern: str) -> Sql:
    """The same in SQL, with Postgres' to_char, which rounds nothing here."""
    match = _NUMBER.match(pattern)
    if match is None or len(match[3]) > 30 or len(match[5] or "") > 30:
        return Sql("NULL::text")
    before, grouped, digits, _, places, percent, after = match.groups()
    scale = len(places or "")
    shape = (
        ("FM" + "999," * 30 + "990")
        if grouped and len(digits) == 1
        else ("FM" + "9" * 90 + "0" * len(digits.replace("#", "0")))
    )
    shape += "." + "0" * scale if scale else ""
    shown = (
        sql(f"round({{}} * 100, {scale})", value)
        if percent
        else sql(f"round({{}}, {scale})", value)
    )
    text = sql("to_char({}, {})", shown, Sql("%s", (shape,)))
    if before:
        text = sql("{} || {}", Sql("%s", (before,)), text)
    tail = percent + after
    return sql("({} || {})", text, Sql("%s", (tail,))) if tail or before else text


def moment_text(wall: datetime, pattern: str) -> str:
    """``wall`` with each part of the format replaced; everything else stays."""
    fields = {
        "YYYY": wall.year, "YY": wall.year % 100, "MM": wall.month, "DD": wall.day,
        "HH": wall.hour, "mm": wall.minute, "ss": wall.second,
        "M": wall.month, "D": wall.day, "H": wall.hour, "m": wall.minute, "s": wall.second,
    }  # fmt: skip

    def put(match: re.Match[str]) -> str:
        part = _SAME.get(match[0], match[0])
        shape = _FIELDS.get(part, "{:02d}" if part == "YY" else "{}")
        return shape.format(fields[part])

    return _PARTS.sub(put, pattern)


def postgres_pattern(pattern: str) -> str:
    """The format as to_char has it; other characters are quoted."""
    parts: list[str] = []
    place = 0
    for match in _PARTS.finditer(pattern):
        parts.append(_quoted(pattern[place : match.start()]))
        parts.append(_POSTGRES[_SAME.get(match[0], match[0])])
        place = match.end()
    parts.append(_quoted(pattern[place:]))
    return "".join(parts)


def _quoted(text: str) -> str:
    if not text:
        return ""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
