"""Lists: adding, taking out, picking, ordering."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from engines.formulas.emit import fill, guarded
from engines.formulas.function import Argument, SqlArgs, T, function, number, same
from engines.formulas.functions.operators import is_in
from engines.formulas.numbers import whole
from engines.formulas.types import BOOLEAN, DATE, MOMENT, NUMBER, TEXT, list_of
from engines.sql import Sql, sql

Items = tuple[Any, ...]


def _added(items: Items | None, *more: Any) -> Items:
    """The list with each item at its end, unless it is in it already."""
    found = list(items or ())
    for item in _opened(more):
        if item is not None and item not in found:
            found.append(item)
    return tuple(found)


def _opened(values: tuple[Any, ...]) -> list[Any]:
    return [each for value in values for each in (value if isinstance(value, tuple) else (value,))]


def _removed(items: Items | None, *less: Any) -> Items:
    gone = _opened(less)
    return tuple(item for item in items or () if item not in gone or item is None)


def _in_array(call: SqlArgs, piece: Sql, place: int) -> Sql:
    return piece if call.types[place].name == "list" else sql("ARRAY[{}]", piece)


def _added_sql(call: SqlArgs) -> Sql:
    total = Sql("COALESCE(") + call.args[0] + Sql(", '{}')")
    for place, piece in enumerate(call.args[1:], start=1):
        # Members of the list stay as they are; new ones come once, in the order given.
        total = fill(
            "({0} || ARRAY(SELECT _n.v FROM (SELECT _l.v, min(_l.n) AS n FROM unnest({1})"
            " WITH ORDINALITY AS _l(v, n) WHERE _l.v IS NOT NULL AND NOT COALESCE("
            "_l.v = ANY({0}), FALSE) GROUP BY _l.v) AS _n ORDER BY _n.n))",
            (total, _in_array(call, piece, place)),
        )
    return total


def _removed_sql(call: SqlArgs) -> Sql:
    total = call.args[0]
    for place, piece in enumerate(call.args[1:], start=1):
        total = fill(
            "ARRAY(SELECT _l.v FROM unnest({0}) WITH ORDINALITY AS _l(v, n)"
            " WHERE _l.v IS NULL OR NOT COALESCE(_l.v = ANY({1}), FALSE) ORDER BY _l.n)",
            (total, _in_array(call, piece, place)),
        )
    return total


def _picked(items: Items, place: Decimal) -> Any:
    index = whole(place)
    if index == 0 or abs(index) > len(items):
        return None
    return items[index - 1] if index > 0 else items[index]


_PICKED = guarded(
    "CASE WHEN trunc({1}) BETWEEN 1 AND cardinality({0}) THEN ({0})[trunc({1})::int]"
    " WHEN trunc({1}) BETWEEN - cardinality({0}) AND -1"
    " THEN ({0})[cardinality({0}) + 1 + trunc({1})::int] END"
)


def _unique(items: Items) -> Items:
    return tuple(dict.fromkeys(item for item in items if item is not None))


def _sorted(items: Items) -> Items:
    return tuple(sorted(item for item in items if item is not None))


def _sorted_sql(call: SqlArgs) -> Sql:
    collate = ' COLLATE "C"' if call.types[0].of == TEXT else ""
    return fill(
        "CASE WHEN {0} IS NOT NULL THEN ARRAY(SELECT _l.v FROM unnest({0}) AS _l(v)"
        f" WHERE _l.v IS NOT NULL ORDER BY _l.v{collate}) END",
        call.args,
    )


def _every(left: Items, right: Items) -> bool:
    return all(item in left for item in right if item is not None)


def _some(left: Items, right: Items) -> bool:
    return any(item in left for item in right if item is not None)


_LIST = Argument("list", (list_of(T),))
_ITEM = Argument("item", (T, list_of(T)), repeated=True)

FUNCTIONS = (
    function(
        "ADD",
        ("列表加上某项（已有则不重复）", "The list with an item, once"),
        (_LIST, _ITEM),
        list_of(T),
        _added,
        _added_sql,
        strict=False,
    ),
    function(
        "REMOVE",
        ("列表去掉某项", "The list without an item"),
        (_LIST, _ITEM),
        list_of(T),
        _removed,
        _removed_sql,
        strict=False,
    ),
    *(
        function(
            key,
            ("列表是否包含某项", "Whether the list contains an item"),
            (_LIST, same("item")),
            BOOLEAN,
            lambda items, item: is_in(item, items),
            "({1} = ANY(COALESCE({0}, '{}')))",
            strict=False,
        )
        for key in ("INCLUDES", "INCLUDE")
    ),
    function(
        "INCLUDES_ALL",
        ("列表是否包含另一列表的每一项", "Whether it contains every item"),
        (_LIST, Argument("items", (list_of(T),))),
        BOOLEAN,
        _every,
        "CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN NOT EXISTS (SELECT 1"
        " FROM unnest({1}) AS _l(v) WHERE _l.v IS NOT NULL"
        " AND NOT COALESCE(_l.v = ANY({0}), FALSE)) END",
    ),
    function(
        "INCLUDES_ANY",
        ("列表是否包含另一列表的任一项", "Whether it contains any item"),
        (_LIST, Argument("items", (list_of(T),))),
        BOOLEAN,
        _some,
        "({0} && {1})",
    ),
    function(
        "INDEX",
        ("列表的第 n 项，负数从后数", "The n-th item; negative from the end"),
        (_LIST, number("place")),
        T,
        _picked,
        _PICKED,
    ),
    function(
        "FIRST",
        ("列表的第一项", "The first item"),
        (_LIST,),
        T,
        lambda items: items[0] if items else None,
        "({0})[1]",
    ),
    function(
        "LAST",
        ("列表的最后一项", "The last item"),
        (_LIST,),
        T,
        lambda items: items[-1] if items else None,
        "({0})[cardinality({0})]",
    ),
    function(
        "SIZE",
        ("列表的项数", "How many items the list has"),
        (_LIST,),
        NUMBER,
        lambda items: Decimal(len(items or ())),
        "COALESCE(cardinality({0}), 0)::numeric",
        strict=False,
    ),
    function(
        "UNIQUE",
        ("去掉重复项", "Each item once"),
        (_LIST,),
        list_of(T),
        _unique,
        "CASE WHEN {0} IS NOT NULL THEN ARRAY(SELECT _l.v FROM unnest({0}) WITH ORDINALITY"
        " AS _l(v, n) WHERE _l.v IS NOT NULL GROUP BY _l.v ORDER BY min(_l.n)) END",
    ),
    function(
        "SORT",
        ("从小到大排列", "In ascending order"),
        (_LIST,),
        list_of(T),
        _sorted,
        _sorted_sql,
        among=(NUMBER, TEXT, DATE, MOMENT),
    ),
)
