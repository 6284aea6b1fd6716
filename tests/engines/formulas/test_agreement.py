"""Formulas put together at random: the three back ends must agree, whatever the answer is."""

from __future__ import annotations

import random

import psycopg2
import pytest

from engines.formulas.compile import Formula, compile_formula
from engines.problems import Problems
from tests.engines.formulas import back_ends
from tests.engines.formulas.sample import SCOPE

LEAVES = {
    "number": [
        "amount",
        "zero",
        "minus",
        "big",
        "nothing",
        "quantity",
        "2.5",
        "-0.005",
        "7",
        "0.1",
    ],
    "text": ["name", "note", "stage", "blank", "'中😀b'", "'Ab c'", "''"],
    "date": ["due", "leap", "no_date", "'2026-12-31'", "TODAY()"],
    "moment": ["at", "spring", "no_moment", "NOW()", "MOMENT('2026-03-08 02:30')", "due"],
    "boolean": ["done", "closed", "unsure", "true"],
    "list": ["numbers", "no_numbers", "[1, 2.5, 2.5]", "[]"],
}
GROWN = {
    "number": [
        "({number} + {number})", "({number} - {number})", "({number} * {number})",
        "({number} / {number})", "({number} % {number})", "ROUND({number}, {number})",
        "ROUNDUP({number}, 2)", "TRUNC({number}, 1)", "FLOOR({number}, 0.3)", "CEILING({number})",
        "INT({number})", "ABS({number})", "- {number}", "SUM({list}, {number})", "AVERAGE({list})",
        "MAX({list}, {number})", "MEDIAN({list})", "LEN({text})", "FIND({text}, {text})",
        "DAYS({date}, {date})", "DATEDIF({date}, {date}, 'month')", "WEEKDAY({date}, 2)",
        "YEAR({date})", "IF({boolean}, {number}, {number})", "COALESCE({number}, {number})",
        "POWER({number}, 2)", "SQRT({number})", "VALUE(TEXT({number}))", "INDEX({list}, {number})",
        "({date} - {date})", "SIZE({list})", "COUNT({list}, {text}, {date})", "PRODUCT({list})",
        "HOUR({moment})", "DAY({moment})", "DATEDIF({moment}, {moment}, 'minute')",
        "DATEDIF({moment}, {date}, 'day')", "DATEDIF({moment}, {moment}, 'hour')",
        "MOD({number}, {number})", "ISOWEEKNUM({date})", "WEEKNUM({date})", "QUOTIENT({number}, 3)",
    ],
    "text": [
        "({text} + {text})", "CONCAT({text}, {number}, {date}, {boolean})",
        "LEFT({text}, {number})",
        "RIGHT({text}, 2)", "MID({text}, {number}, 3)", "UPPER({text})", "TRIM({text})",
        "SUBSTITUTE({text}, 'b', {text})", "REPLACE({text}, 2, 1, {text})", "LPAD({text}, 9, 'xy')",
        "TEXT({number}, '#,##0.00')", "TEXT({date}, 'YYYY/M/D')", "IF({boolean}, {text}, {text})",
        "JOIN({list}, ';')", "STRREVERSE({text})", "REPT({text}, 3)", "SWITCH({number}, 0, {text})",
    ],
    "date": [
        "DATEADD({date}, {number}, 'month')", "({date} + {number})", "EOMONTH({date}, {number})",
        "IF({boolean}, {date}, {date})", "DATE(2026, {number}, {number})", "MIN({date}, {date})",
        "STARTOF({date}, 'week')", "DATE({moment})", "WORKDAY({date}, {number})",
        "({date} - {number})",
    ],
    "moment": [
        "DATEADD({moment}, {number}, 'day')", "DATEADD({moment}, {number}, 'hour')",
        "DATEADD({moment}, {number}, 'month')", "DATEADD({date}, {number}, 'minute')",
        "IF({boolean}, {moment}, {moment})", "MAX({moment}, {moment})",
    ],
    "boolean": [
        "({moment} < {moment})", "({moment} >= {date})", "({date} > {moment})",
        "({moment} = {date})",
        "({number} > {number})", "({number} = {number})", "({text} < {text})", "({text} = {text})",
        "({date} <= {date})", "({boolean} and {boolean})", "({boolean} or {boolean})",
        "not {boolean}", "{number} in {list}", "{text} in [{text}, {text}]", "ISEMPTY({number})",
        "XOR({boolean}, {boolean})", "CONTAINS({text}, {text})", "ISEMPTY({list})",
    ],
    "list": [
        "ADD({list}, {number})", "REMOVE({list}, {number})", "UNIQUE({list})", "SORT({list})",
        "[{number}, {number}]",
    ],
}  # fmt: skip


def grown(kind: str, chance: random.Random, depth: int) -> str:
    if depth == 0 or chance.random() < 0.15:
        return chance.choice(LEAVES[kind])
    template = chance.choice(GROWN[kind])
    for part in GROWN:
        while "{" + part + "}" in template:
            template = template.replace("{" + part + "}", grown(part, chance, depth - 1), 1)
    return template


def formulas(seed: int, count: int) -> list[Formula]:
    chance = random.Random(seed)
    found: dict[str, Formula] = {}
    while len(found) < count:
        text = grown(chance.choice(list(GROWN)), chance, chance.randint(1, 4))
        try:
            found.setdefault(text, compile_formula(text, SCOPE))
        except Problems:
            continue
    return list(found.values())


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_the_back_ends_agree(zone: str, database_url: str) -> None:
    compiled = formulas(20261121, 500)
    connection = psycopg2.connect(database_url)
    try:
        with connection.cursor() as cursor:
            back_ends.make_table(cursor)
            in_postgres = back_ends.in_postgres(cursor, compiled, zone)
    finally:
        connection.close()
    in_browser, _ = back_ends.in_browser(compiled, zone)
    in_python = back_ends.in_python(compiled, zone)
    wrong = [
        f"{formula.text}: Python {one!r}, Postgres {two!r}, browser {three!r}"
        for formula, one, two, three in zip(
            compiled, in_python, in_postgres, in_browser, strict=True
        )
        if not one == two == three
    ]
    assert not wrong, f"{len(wrong)} differ:\n" + "\n".join(wrong[:20])
    assert sum(value is not None for value in in_python) > len(compiled) / 2
