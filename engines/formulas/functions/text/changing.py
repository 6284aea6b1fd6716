"""A text with something replaced, repeated, filled up or taken away."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engines.formulas import numbers
from engines.formulas.emit import fill, guarded
from engines.formulas.function import SqlArgs, function, number, text
from engines.formulas.functions.text.plain import MOST_TEXT
from engines.formulas.types import TEXT
from engines.sql import Sql

# Space, tab, line ends, no-break space and the full-width space of Chinese text.
_BLANKS = "[ \\t\\n\\r\u00a0\u3000]+"
_BLANK = re.compile(_BLANKS)
_CONTROL = re.compile("[\x01-\x1f\x7f]")


def _replaced(value: str, start: Decimal, count: Decimal, by: str | None) -> str | None:
    first, length = numbers.whole(start), numbers.whole(count)
    if first < 1 or length < 0:
        return None
    return value[: first - 1] + (by or "") + value[first - 1 + length :]


def _replace(*values: Any) -> str | None:
    value, start, count, by = values
    if value is None or start is None or count is None:
        return None
    return _replaced(value, start, count, by)


def _substitute(
    value: str | None, old: str | None, by: str | None, place: Decimal | None = None
) -> str | None:
    if value is None:
        return None
    if old is None:
        return value
    parts = value.split(old)
    if place is None:
        if len(value) + (len(parts) - 1) * (len(by or "") - len(old)) > MOST_TEXT:
            return None
        return (by or "").join(parts)
    index = numbers.whole(place)
    if index < 1:
        return None
    if index >= len(parts):
        return value
    return old.join(parts[:index]) + (by or "") + old.join(parts[index:])


def _substitute_sql(call: SqlArgs) -> Sql:
    if len(call.args) == 3:
        return fill(
            "CASE WHEN {1} IS NULL THEN {0} WHEN length({0})"
            " + (length({0}) - length(replace({0}, {1}, ''))) / length({1})"
            f" * (length(COALESCE({{2}}, '')) - length({{1}})) <= {MOST_TEXT}"
            " THEN NULLIF(replace({0}, {1}, COALESCE({2}, '')), '') END",
            call.args,
            fence=True,
        )
    return fill(
        "CASE WHEN {1} IS NULL OR {3} IS NULL THEN CASE WHEN {3} IS NULL AND {1} IS NOT NULL"
        " THEN NULLIF(replace({0}, {1}, COALESCE({2}, '')), '') ELSE {0} END"
        " WHEN trunc({3}) < 1 THEN NULL ELSE (SELECT NULLIF(string_agg(_p.v, CASE WHEN _p.n ="
        " trunc({3}) + 1 THEN COALESCE({2}, '') ELSE {1} END ORDER BY _p.n), '')"
        " FROM unnest(string_to_array({0}, {1})) WITH ORDINALITY AS _p(v, n)) END",
        call.args,
        fence=True,
    )


def _repeated(value: str, count: Decimal) -> str | None:
    times = numbers.whole(count)
    if times < 0 or times * len(value) > MOST_TEXT:
        return None
    return value * times


def _padded(left: bool) -> Callable[..., str | None]:
    def run(value: str, count: Decimal, fill_with: str = " ") -> str | None:
        length = numbers.whole(count)
        if length < 0 or length > MOST_TEXT:
            return None
        missing = length - len(value)
        if missing <= 0:
            return value[:length]
        padding = (fill_with * (missing // len(fill_with) + 1))[:missing]
        return padding + value if left else value + padding

    return run


def _padded_sql(function: str) -> Callable[[SqlArgs], Sql]:
    def write(call: SqlArgs) -> Sql:
        args = call.args if len(call.args) > 2 else (*call.args, Sql("' '::text"))
        return fill(
            f"CASE WHEN trunc({{1}}) BETWEEN 0 AND {MOST_TEXT}"
            f" THEN NULLIF({function}({{0}}, trunc({{1}})::int, {{2}}), '') END",
            args,
            fence=True,
        )

    return write


FUNCTIONS = (
    function(
        "TRIM",
        ("去掉首尾空格，中间只留一个", "Without blanks around, single ones within"),
        (text(),),
        TEXT,
        lambda value: _BLANK.sub(" ", value).strip(" "),
        f"NULLIF(btrim(regexp_replace({{0}}, '{_BLANKS}', ' ', 'g')), '')",
    ),
    function(
        "CLEAN",
        ("去掉不可见字符", "Without characters that cannot be seen"),
        (text(),),
        TEXT,
        lambda value: _CONTROL.sub("", value),
        "NULLIF(regexp_replace({0}, '[\\x01-\\x1f\\x7f]', '', 'g'), '')",
    ),
    function(
        "REPLACE",
        ("替换从某个位置起的字符", "With some characters from a place on replaced"),
        (text(), number("start"), number("count"), text("by")),
        TEXT,
        _replace,
        guarded(
            "CASE WHEN trunc({1}) >= 1 AND {2} > -1 THEN NULLIF(left({0},"
            " (least(trunc({1}), 1000000000) - 1)::int) || COALESCE({3}, '') || substr({0},"
            " least(trunc({1}) + trunc({2}), 2000000000)::int), '') END"
        ),
        strict=False,
    ),
    function(
        "SUBSTITUTE",
        ("替换文本（可只替换第 n 处）", "With a text replaced, everywhere or once"),
        (text(), text("old"), text("by"), number("place", optional=True)),
        TEXT,
        _substitute,
        _substitute_sql,
        strict=False,
    ),
    function(
        "REPT",
        ("重复若干次", "Repeated"),
        (text(), number("count")),
        TEXT,
        _repeated,
        guarded(
            f"CASE WHEN {{1}} > -1 AND trunc({{1}}) * length({{0}}) <= {MOST_TEXT}"
            " THEN NULLIF(repeat({0}, trunc({1})::int), '') END"
        ),
    ),
    function(
        "LPAD",
        ("左侧补足长度", "Filled up on the left"),
        (text(), number("length"), text("fill", optional=True)),
        TEXT,
        _padded(True),
        _padded_sql("lpad"),
    ),
    function(
        "RPAD",
        ("右侧补足长度", "Filled up on the right"),
        (text(), number("length"), text("fill", optional=True)),
        TEXT,
        _padded(False),
        _padded_sql("rpad"),
    ),
    function(
        "STRREVERSE",
        ("倒序", "Backwards"),
        (text(),),
        TEXT,
        lambda value: value[::-1],
        "reverse({0})",
    ),
)
