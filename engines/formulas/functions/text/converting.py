"""Values as text in a format, and texts as numbers."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engines.formulas import formats, moments, numbers
from engines.formulas.emit import fill, guarded
from engines.formulas.function import Argument, SqlArgs, function
from engines.formulas.functions.text.plain import WRITABLE, plain, plain_sql
from engines.formulas.types import DATE, MOMENT, NUMBER, TEXT
from engines.sql import Sql, sql
from engines.values import decimal_from

_NUMBER_TEXT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


def _number_from(value: Any) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    cleaned = value.strip(" ").replace(",", "")
    percent = cleaned.endswith("%")
    cleaned = cleaned[:-1] if percent else cleaned
    if not _NUMBER_TEXT.fullmatch(cleaned):
        return None
    found = decimal_from(cleaned)
    return numbers.EXACT.scaleb(found, -2) if found is not None and percent else found


_NUMBER_SQL = guarded(
    "CASE WHEN length({0}) <= 60 AND replace(trim({0}), ',', '') ~"
    " '^[+-]?(\\d+(\\.\\d*)?|\\.\\d+)%%?$'"
    " AND length(regexp_replace({0}, '\\D', '', 'g')) <= 30"
    " THEN rtrim(replace(trim({0}), ',', ''), '%%')::numeric"
    " * CASE WHEN right(trim({0}), 1) = '%%' THEN 0.01 ELSE 1 END END"
)


def _text(*values: Any) -> str | None:
    value, zone = values[0], values[-1]
    if len(values) == 2:
        return plain(value, zone)
    pattern = values[1]
    if isinstance(value, Decimal):
        return formats.number_text(value, pattern)
    if isinstance(value, datetime):
        return formats.moment_text(moments.local(value, zone), pattern)
    if isinstance(value, date):
        wall = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - wall clock
        return formats.moment_text(wall, pattern)
    return plain(value, zone)


def _text_sql(call: SqlArgs) -> Sql:
    kind = call.types[0]
    if len(call.args) == 1 or kind not in (NUMBER, DATE, MOMENT):
        return plain_sql(call.args[0], kind, call.context)
    pattern = str(call.literals[1])
    if kind == NUMBER:
        return formats.number_sql(call.args[0], pattern)
    value = call.args[0]
    if kind == MOMENT:
        value = fill("({0} AT TIME ZONE {zone})", (value,), call.context)
    else:
        value = sql("{}::timestamp", value)
    return sql("to_char({}, {})", value, Sql("%s", (formats.postgres_pattern(pattern),)))


FUNCTIONS = (
    function(
        "TEXT",
        ("转为文本，可指定格式", "As text, in a format if given"),
        (Argument("value", WRITABLE), Argument("format", (TEXT,), optional=True, literal=True)),
        TEXT,
        _text,
        _text_sql,
        needs=("zone",),
    ),
    *(
        function(
            key,
            ("文本转为数字", "A text as a number"),
            (Argument("value", (TEXT, NUMBER)),),
            NUMBER,
            _number_from,
            lambda call: call.args[0] if call.types[0] == NUMBER else _NUMBER_SQL(call),
        )
        for key in ("VALUE", "NUMBER")
    ),
)
