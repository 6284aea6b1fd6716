"""Text: joining, cutting, finding, changing, formatting. Lengths and places count code points."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engines.formulas import formats, moments, numbers
from engines.formulas.emit import fill, guarded
from engines.formulas.function import Argument, Function, SqlArgs, number, text
from engines.formulas.types import (
    BOOLEAN,
    DATE,
    MOMENT,
    NUMBER,
    TEXT,
    Type,
    Value,
    list_of,
)
from engines.sql import Sql, join, sql
from engines.values import decimal_from, decimal_text

MOST_TEXT = 100_000
# Space, tab, line ends, no-break space and the full-width space of Chinese text.
_BLANKS = "[ \\t\\n\\r\u00a0\u3000]+"
_BLANK = re.compile(_BLANKS)
_CONTROL = re.compile("[\x01-\x1f\x7f]")
_WRITABLE = (TEXT, NUMBER, DATE, MOMENT, BOOLEAN)


def plain(value: Value, zone: str) -> str:
    """A value as text: 1.5, 2026-01-31, 2026-01-31 08:00, true."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        return formats.moment_text(moments.local(value, zone), "YYYY-MM-DD HH:mm")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def plain_sql(piece: Sql, type_: Type, context: Any) -> Sql:
    """The same in SQL; Postgres writes numbers with their scale, so trailing zeros go."""
    if type_ == NUMBER:
        return fill("trim_scale({0})::text", (piece,))
    if type_ == MOMENT:
        return fill("to_char({0} AT TIME ZONE {zone}, 'YYYY-MM-DD HH24:MI')", (piece,), context)
    if type_ == DATE:
        return fill("to_char({0}, 'YYYY-MM-DD')", (piece,))
    return piece if type_ == TEXT else fill("({0})::text", (piece,))


def _concat(*values: Any) -> str:
    zone = values[-1]
    found = (
        each
        for value in values[:-1]
        for each in (value if isinstance(value, tuple) else (value,))
        if each is not None
    )
    return "".join(plain(value, zone) for value in found)


def _concat_sql(call: SqlArgs) -> Sql:
    pieces = []
    for arg, type_ in zip(call.args, call.types, strict=True):
        if type_.name == "list":
            pieces.append(fill("array_to_string({0}, '')", (arg,)))
        else:
            pieces.append(plain_sql(arg, type_, call.context))
    return sql("NULLIF(concat({}), '')", join(", ", pieces))


def _cut(value: str, count: Decimal = Decimal(1)) -> str | None:
    length = numbers.whole(count)
    return value[:length] if length >= 0 else None


def _cut_right(value: str, count: Decimal = Decimal(1)) -> str | None:
    length = numbers.whole(count)
    if length < 0:
        return None
    return value[-length:] if length else ""


def _middle(value: str, start: Decimal, count: Decimal) -> str | None:
    first, length = numbers.whole(start), numbers.whole(count)
    if first < 1 or length < 0:
        return None
    return value[first - 1 : first - 1 + length]


_WHOLE = "least(greatest(trunc({%s}), -1000000000), 1000000000)::int"


def _side_sql(function: str) -> Callable[[SqlArgs], Sql]:
    count = _WHOLE.replace("%s", "1")

    def write(call: SqlArgs) -> Sql:
        args = call.args if len(call.args) > 1 else (*call.args, Sql("1"))
        return fill(
            f"CASE WHEN {{1}} > -1 THEN NULLIF({function}({{0}}, {count}), '') END",
            args,
        )

    return write


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


def _found(needle: str, value: str, start: Decimal = Decimal(1)) -> Decimal | None:
    first = numbers.whole(start)
    if first < 1:
        return None
    place = value.find(needle, first - 1)
    return None if place < 0 or first > len(value) else Decimal(place + 1)


def lower(value: str) -> str:
    """Small letters, one for one, as Postgres' builtin C.UTF-8 has them."""
    return "".join(each.lower() if len(each.lower()) == 1 else each for each in value)


def upper(value: str) -> str:
    """Capital letters, one for one: ß stays ß."""
    return "".join(each.upper() if len(each.upper()) == 1 else each for each in value)


def _found_sql(fold: bool) -> Callable[[SqlArgs], Sql]:
    needle, value = ("lower({0})", "lower({1})") if fold else ("{0}", "{1}")

    def write(call: SqlArgs) -> Sql:
        if len(call.args) == 2:
            return fill(f"NULLIF(strpos({value}, {needle}), 0)::numeric", call.args)
        return fill(
            f"CASE WHEN trunc({{2}}) BETWEEN 1 AND length({{1}}) THEN (NULLIF(strpos("
            f"substr({value}, trunc({{2}})::int), {needle}), 0) + trunc({{2}}) - 1)::numeric END",
            call.args,
            fence=True,
        )

    return write


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


def _split(value: str, separator: str) -> tuple[str | None, ...]:
    return tuple(part or None for part in value.split(separator))


def _joined(items: tuple[Any, ...] | None, separator: str | None, zone: str) -> str | None:
    found = [plain(item, zone) for item in items or () if item is not None]
    result = (separator or "").join(found)
    return None if len(result) > MOST_TEXT else result


def _joined_sql(call: SqlArgs) -> Sql:
    member = call.types[0].of or TEXT
    written = plain_sql(Sql("_l.v"), member, call.context)
    return fill(
        "(SELECT CASE WHEN length(_j.t) <= {most} THEN NULLIF(_j.t, '') END FROM (SELECT"
        " string_agg({written}, COALESCE({1}, '') ORDER BY _l.n) AS t FROM unnest({0})"
        " WITH ORDINALITY AS _l(v, n)) AS _j)",
        call.args,
        {"written": written, "most": Sql(str(MOST_TEXT))},
    )


def _function(
    key: str,
    label: tuple[str, str],
    arguments: tuple[Argument, ...],
    python: Callable[..., Any],
    sql: str | Callable[[SqlArgs], Sql],
    **more: Any,
) -> Function:
    texts = {"zh-Hans": label[0], "en": label[1]}
    returns = more.pop("returns", TEXT)
    return Function(key, "text", texts, arguments, returns, python, sql, **more)


_ANY_TEXTS = (Argument("value", (*_WRITABLE, list_of(TEXT)), repeated=True),)
_COUNT = number("count", optional=True)
_FIND = (text("needle"), text(), number("start", optional=True))
_BOTH = (text(), text("part"))

FUNCTIONS = (
    *(
        _function(
            key,
            ("连接成一段文本，空值跳过", "All values as one text, empty ones skipped"),
            _ANY_TEXTS,
            _concat,
            _concat_sql,
            strict=False,
            needs=("zone",),
        )
        for key in ("CONCAT", "CONCATENATE")
    ),
    _function(
        "LEFT", ("左边的字符", "The first characters"), (text(), _COUNT), _cut, _side_sql("left")
    ),
    _function(
        "RIGHT",
        ("右边的字符", "The last characters"),
        (text(), _COUNT),
        _cut_right,
        _side_sql("right"),
    ),
    _function(
        "MID",
        ("从某个位置起的字符", "Characters from a place on"),
        (text(), number("start"), number("count")),
        _middle,
        guarded(
            "CASE WHEN trunc({1}) >= 1 AND {2} > -1 THEN NULLIF(substr({0},"
            " least(trunc({1}), 1000000000)::int, least(trunc({2}), 1000000000)::int), '') END"
        ),
    ),
    *(
        _function(
            key,
            ("字符数", "The number of characters"),
            (text(),),
            lambda value: Decimal(len(value)),
            "length({0})::numeric",
            returns=NUMBER,
        )
        for key in ("LEN", "COUNTCHAR")
    ),
    _function("UPPER", ("转为大写", "In capital letters"), (text(),), upper, "upper({0})"),
    _function("LOWER", ("转为小写", "In small letters"), (text(),), lower, "lower({0})"),
    _function(
        "TRIM",
        ("去掉首尾空格，中间只留一个", "Without blanks around, single ones within"),
        (text(),),
        lambda value: _BLANK.sub(" ", value).strip(" "),
        f"NULLIF(btrim(regexp_replace({{0}}, '{_BLANKS}', ' ', 'g')), '')",
    ),
    _function(
        "CLEAN",
        ("去掉不可见字符", "Without characters that cannot be seen"),
        (text(),),
        lambda value: _CONTROL.sub("", value),
        "NULLIF(regexp_replace({0}, '[\\x01-\\x1f\\x7f]', '', 'g'), '')",
    ),
    _function(
        "REPLACE",
        ("替换从某个位置起的字符", "With some characters from a place on replaced"),
        (text(), number("start"), number("count"), text("by")),
        _replace,
        guarded(
            "CASE WHEN trunc({1}) >= 1 AND {2} > -1 THEN NULLIF(left({0},"
            " (least(trunc({1}), 1000000000) - 1)::int) || COALESCE({3}, '') || substr({0},"
            " least(trunc({1}) + trunc({2}), 2000000000)::int), '') END"
        ),
        strict=False,
    ),
    _function(
        "SUBSTITUTE",
        ("替换文本（可只替换第 n 处）", "With a text replaced, everywhere or once"),
        (text(), text("old"), text("by"), number("place", optional=True)),
        _substitute,
        _substitute_sql,
        strict=False,
    ),
    _function(
        "REPT",
        ("重复若干次", "Repeated"),
        (text(), number("count")),
        _repeated,
        guarded(
            f"CASE WHEN {{1}} > -1 AND trunc({{1}}) * length({{0}}) <= {MOST_TEXT}"
            " THEN NULLIF(repeat({0}, trunc({1})::int), '') END"
        ),
    ),
    _function(
        "FIND",
        ("某段文本的位置", "The place of a text in another"),
        _FIND,
        _found,
        _found_sql(False),
        returns=NUMBER,
    ),
    _function(
        "SEARCH",
        ("某段文本的位置，不分大小写", "The place of a text in another, any case"),
        _FIND,
        lambda needle, value, start=Decimal(1): _found(lower(needle), lower(value), start),
        _found_sql(True),
        returns=NUMBER,
    ),
    _function(
        "CONTAINS",
        ("是否包含某段文本", "Whether a text contains another"),
        _BOTH,
        lambda value, part: part in value,
        "(strpos({0}, {1}) > 0)",
        returns=BOOLEAN,
    ),
    _function(
        "STARTSWITH",
        ("是否以某段文本开头", "Whether a text begins with another"),
        _BOTH,
        lambda value, part: value.startswith(part),
        "starts_with({0}, {1})",
        returns=BOOLEAN,
    ),
    _function(
        "ENDSWITH",
        ("是否以某段文本结尾", "Whether a text ends with another"),
        _BOTH,
        lambda value, part: value.endswith(part),
        "(right({0}, length({1})) = {1})",
        returns=BOOLEAN,
    ),
    _function(
        "LPAD",
        ("左侧补足长度", "Filled up on the left"),
        (text(), number("length"), text("fill", optional=True)),
        _padded(True),
        _padded_sql("lpad"),
    ),
    _function(
        "RPAD",
        ("右侧补足长度", "Filled up on the right"),
        (text(), number("length"), text("fill", optional=True)),
        _padded(False),
        _padded_sql("rpad"),
    ),
    _function(
        "STRREVERSE", ("倒序", "Backwards"), (text(),), lambda value: value[::-1], "reverse({0})"
    ),
    _function(
        "TEXT",
        ("转为文本，可指定格式", "As text, in a format if given"),
        (Argument("value", _WRITABLE), Argument("format", (TEXT,), optional=True, literal=True)),
        _text,
        _text_sql,
        needs=("zone",),
    ),
    *(
        _function(
            key,
            ("文本转为数字", "A text as a number"),
            (Argument("value", (TEXT, NUMBER)),),
            _number_from,
            lambda call: call.args[0] if call.types[0] == NUMBER else _NUMBER_SQL(call),
            returns=NUMBER,
        )
        for key in ("VALUE", "NUMBER")
    ),
    _function(
        "SPLIT",
        ("按分隔符拆成列表", "Cut into a list at a separator"),
        (text(), text("separator")),
        _split,
        "CASE WHEN {1} IS NOT NULL THEN (SELECT array_agg(NULLIF(_p.v, '') ORDER BY _p.n)"
        " FROM unnest(string_to_array({0}, {1})) WITH ORDINALITY AS _p(v, n)) END",
        returns=list_of(TEXT),
    ),
    _function(
        "JOIN",
        ("用分隔符连接列表", "A list as one text, with a separator"),
        (
            Argument("list", (list_of(TEXT), list_of(NUMBER), list_of(DATE), list_of(MOMENT))),
            text("separator"),
        ),
        _joined,
        _joined_sql,
        strict=False,
        needs=("zone",),
    ),
)
