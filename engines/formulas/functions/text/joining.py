"""Several values as one text, and one text as several."""

from __future__ import annotations

from typing import Any

from engines.formulas.emit import fill
from engines.formulas.function import Argument, SqlArgs, function, text
from engines.formulas.functions.text.plain import MOST_TEXT, WRITABLE, plain, plain_sql
from engines.formulas.types import DATE, MOMENT, NUMBER, TEXT, list_of
from engines.sql import Sql, join, sql


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


_ANY_TEXTS = (Argument("value", (*WRITABLE, list_of(TEXT)), repeated=True),)

FUNCTIONS = (
    *(
        function(
            key,
            ("连接成一段文本，空值跳过", "All values as one text, empty ones skipped"),
            _ANY_TEXTS,
            TEXT,
            _concat,
            _concat_sql,
            strict=False,
            needs=("zone",),
        )
        for key in ("CONCAT", "CONCATENATE")
    ),
    function(
        "SPLIT",
        ("按分隔符拆成列表", "Cut into a list at a separator"),
        (text(), text("separator")),
        list_of(TEXT),
        _split,
        "CASE WHEN {1} IS NOT NULL THEN (SELECT array_agg(NULLIF(_p.v, '') ORDER BY _p.n)"
        " FROM unnest(string_to_array({0}, {1})) WITH ORDINALITY AS _p(v, n)) END",
    ),
    function(
        "JOIN",
        ("用分隔符连接列表", "A list as one text, with a separator"),
        (
            Argument("list", (list_of(TEXT), list_of(NUMBER), list_of(DATE), list_of(MOMENT))),
            text("separator"),
        ),
        TEXT,
        _joined,
        _joined_sql,
        strict=False,
        needs=("zone",),
    ),
)
