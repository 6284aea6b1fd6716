"""What the checker finds: types, names, places; and what a compiled formula says of itself."""

from __future__ import annotations

import pytest

from engines.formulas.compile import compile_formula
from engines.formulas.scope import Scope
from engines.formulas.types import (
    BOOLEAN,
    DATE,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    Type,
    link_to,
    list_of,
)
from engines.problems import Problems
from tests.engines.formulas.sample import SCOPE


def wrong(
    text: str, expect: Type | None = None, scope: Scope = SCOPE
) -> list[tuple[str, int, int]]:
    with pytest.raises(Problems) as refused:
        compile_formula(text, scope, expect=expect)
    return [
        (each.code, int(str(each.params["column"])), int(str(each.params["length"])))
        for each in refused.value.problems
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ("formula_empty", 1, 1)),
        ("   ", ("formula_empty", 4, 1)),
        ("amount +", ("formula_unfinished", 9, 1)),
        ("amount + missing", ("unknown_name", 10, 7)),
        ("missing.level = 1", ("unknown_name", 1, 7)),
        ("customer.colour = 1", ("unknown_name", 1, 15)),
        ("amount.level", ("not_a_link", 1, 12)),
        ("SUMM(amount)", ("unknown_function", 1, 4)),
        ("1 + 'a'", ("wrong_type", 5, 3)),
        ("amount = 'x'", ("wrong_type", 10, 3)),
        ("amount > due", ("types_differ", 1, 12)),
        ("owner = customer", ("types_differ", 1, 16)),
        ("owner > 3", ("wrong_type", 1, 9)),
        ("stage and done", ("wrong_type", 1, 5)),
        ("not amount", ("wrong_type", 5, 6)),
        ("LEFT(amount)", ("wrong_type", 6, 6)),
        ("LEFT()", ("wrong_argument_count", 1, 6)),
        ("LEFT('a', 1, 2)", ("wrong_argument_count", 1, 15)),
        ("IF(done, 1, 'a')", ("types_differ", 1, 16)),
        ("stage in 'won'", ("wrong_type", 10, 5)),
        ("1 < amount < 3", ("chained_comparison", 12, 1)),
        ("'abc", ("text_not_closed", 1, 4)),
        ("(1 + 2", ("bracket_not_closed", 1, 1)),
        ("[1, 2", ("bracket_not_closed", 1, 1)),
        ("1 + 2)", ("unexpected_token", 6, 1)),
        ("1 2", ("unexpected_token", 3, 1)),
        ("中 + 1", ("unknown_character", 1, 1)),
        ("amount @ 2", ("unknown_character", 8, 1)),
        ("12abc", ("not_a_number", 1, 5)),
        ("DATEADD(due, 1, 'fortnight')", ("not_one_of_words", 17, 11)),
        ("DATEADD(due, 1, stage)", ("not_one_of_words", 17, 5)),
        ("TEXT(amount, stage)", ("not_a_fixed_text", 14, 5)),
        ("due = '2026-02-30'", ("not_a_date", 7, 12)),
        ("at + 1", ("wrong_type", 1, 2)),
        ("tags = 'vip'", ("wrong_type", 1, 12)),
        ("BOUND(1)", ("unknown_function", 1, 5)),
        ("old.missing", ("unknown_name", 1, 11)),
        ("a.b.c.d.e.f", ("path_too_long", 1, 11)),
    ],
)
def test_problems_carry_their_place(text: str, problem: tuple[str, int, int]) -> None:
    assert wrong(text) == [problem]


def test_one_mistake_is_told_once_and_two_are_told_both() -> None:
    assert [code for code, _, _ in wrong("missing + 1 > other")] == ["unknown_name"] * 2


def test_near_names_are_offered() -> None:
    with pytest.raises(Problems) as refused:
        compile_formula("amout + SUME(1)", SCOPE)
    assert refused.value.problems[0].params["near"] == ("amount",)
    assert "SUM" in tuple(refused.value.problems[1].params["near"])  # type: ignore[arg-type]


def test_what_is_expected() -> None:
    assert compile_formula("amount", SCOPE, expect=NUMBER).type == NUMBER
    assert compile_formula("due", SCOPE, expect=MOMENT).type == MOMENT
    assert compile_formula("at", SCOPE, expect=DATE).type == DATE
    assert compile_formula("'zhang'", SCOPE, expect=PERSON).people == {"zhang"}
    assert compile_formula("''", SCOPE, expect=NUMBER).type == NUMBER
    assert compile_formula("['li']", SCOPE, expect=list_of(PERSON)).people == {"li"}
    assert wrong("amount", TEXT) == [("wrong_result_type", 1, 6)]
    assert wrong("customer", link_to("order")) == [("wrong_result_type", 1, 8)]
    assert wrong("amount", BOOLEAN) == [("wrong_result_type", 1, 6)]


def test_old_only_where_there_is_a_before() -> None:
    plain = Scope(SCOPE.names, SCOPE.forms)
    assert wrong("old.stage = 'a'", scope=plain) == [("old_not_here", 1, 9)]


def test_what_a_formula_says_of_itself() -> None:
    formula = compile_formula(
        "IF(customer.level = 'A' and old.stage != stage, SUM(lines.subtotal), amount)", SCOPE
    )
    assert formula.type == NUMBER
    assert formula.names == {"customer", "stage", "lines", "amount"}
    assert formula.paths == {("customer", "level"), ("lines", "subtotal")}
    assert formula.old_names == {"stage"}
    assert {"IF", "SUM", "and", "=", "!="} <= formula.functions
    assert not formula.volatile


@pytest.mark.parametrize("text", ["TODAY()", "NOW()", "owner = USER()", "HAS_ROLE('a')"])
def test_what_depends_on_time_or_person_is_volatile(text: str) -> None:
    assert compile_formula(text, SCOPE).volatile


def test_there_is_no_chance_in_formulas() -> None:
    assert wrong("RANDBETWEEN(1, 6)")[0][0] == "unknown_function"
    assert wrong("RAND()")[0][0] == "unknown_function"


def test_paths_lead_over_several_links() -> None:
    formula = compile_formula("customer.parent.level", SCOPE)
    assert formula.type == TEXT
    assert formula.paths == {("customer", "parent", "level")}
