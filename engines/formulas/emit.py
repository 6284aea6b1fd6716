"""Pieces of SQL that functions are made of: templates, fences, lists, literals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from engines.formulas.function import SqlArgs
from engines.formulas.types import Type
from engines.sql import Sql, join, sql

_PLACE = re.compile(r"\{(\w+)\}")
# Short and without a query of its own: may be written twice.
_PLAIN = re.compile(r"[\w\"%.:\[\] ]{1,160}")

# Added to a number, its forty zeros make Postgres carry that many decimals in what follows.
PRECISE = "0." + "0" * 40

SQL_TYPES = {
    "number": "numeric",
    "text": "text",
    "date": "date",
    "moment": "timestamptz",
    "boolean": "boolean",
    "person": "bigint",
    "department": "bigint",
    "link": "bigint",
}


def sql_type(type_: Type) -> str:
    """The Postgres type of values of ``type_``; text where nothing is known."""
    if type_.name == "list":
        return (sql_type(type_.of) if type_.of is not None else "text") + "[]"
    return SQL_TYPES.get(type_.name, "text")


def is_plain(piece: Sql) -> bool:
    """True for a column or a parameter: repeating it costs nothing."""
    return _PLAIN.fullmatch(piece.text) is not None


def fill(
    template: str,
    args: tuple[Sql, ...],
    context: Mapping[str, Sql] | None = None,
    *,
    fence: bool = False,
) -> Sql:
    """``template`` with ``{0}``, ``{1}`` … and ``{zone}``-like places filled.

    An argument that stands in several places and is more than a column or a parameter is
    computed once, in a sub-query fenced by OFFSET 0: without the fence Postgres pulls it up and
    nested formulas double in size at each level. ``fence`` forces this for templates that guard
    against a run-time error, since Postgres folds constants before a guard is asked.
    """
    places = _PLACE.findall(template)
    often = {place for place in places if places.count(place) > 1}
    pieces: dict[str, Sql] = {str(index): arg for index, arg in enumerate(args)}
    fenced = [
        name
        for name, piece in pieces.items()
        if name in places and (fence or (name in often and not is_plain(piece)))
    ]
    inner = join(", ", (sql(f"{{}} AS a{name}", pieces[name]) for name in fenced))
    for name in fenced:
        pieces[name] = Sql(f"_f.a{name}")
    text, params = _filled(template, {**(context or {}), **pieces})
    if not fenced:
        return Sql(text, params)
    return Sql(f"(SELECT {text} FROM (SELECT {inner.text} OFFSET 0) AS _f)", params + inner.params)


def _filled(template: str, pieces: Mapping[str, Sql]) -> tuple[str, tuple[object, ...]]:
    params: list[object] = []

    def put(match: re.Match[str]) -> str:
        piece = pieces[match[1]]
        params.extend(piece.params)
        return piece.text

    return _PLACE.sub(put, template), tuple(params)


def guarded(template: str) -> Callable[[SqlArgs], Sql]:
    """A function's ``sql`` from a template whose arguments are always fenced."""

    def write(call: SqlArgs) -> Sql:
        return fill(template, call.args, call.context, fence=True)

    return write


def joined_list(call: SqlArgs, member: str) -> Sql:
    """All arguments, values and lists alike, as one array of Postgres type ``member``."""
    pieces = [
        piece if type_.name == "list" else sql(f"ARRAY[{{}}]::{member}[]", piece)
        for piece, type_ in zip(call.args, call.types, strict=True)
    ]
    if len(pieces) == 1:
        return pieces[0]
    return sql("({})", join(" || ", pieces))


def over_list(aggregate: str, items: Sql) -> Sql:
    """``aggregate`` (over a column ``v``) of the members of an array."""
    return sql(f"(SELECT {aggregate} FROM unnest({{}}) AS _l(v))", items)


def array(pieces: Iterable[Sql], member: str) -> Sql:
    """An array of the pieces."""
    return sql(f"ARRAY[{{}}]::{member}[]", join(", ", pieces))
