"""Roles: unions of grants, rights of rows and fields, the same in Python and in SQL, explained."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from engines.access import Permissions, compile_role, permissions
from engines.access.explain import explain
from engines.access.masks import MASKS, masked, masked_sql
from engines.access.schema import role_definition_schema
from engines.definitions.validate import schema_problems
from engines.forms.submit import read_body
from engines.formulas.to_python import Actor, Env
from engines.formulas.to_sql import SqlEnv
from engines.problems import Problems
from engines.queries.printer import RuleReader
from engines.sql import Sql, identifier, join, sql, value
from tests.engines.forms.forms import NOW, ZONE, plans
from tests.engines.record_database import Records

FORMS = plans()
ORDER = FORMS["order"]
ME = Actor(id=1, department=10, departments=(10, 11), subordinates=(2, 3))


def role(*grants: dict[str, Any], key: str = "r") -> Any:
    return compile_role({"key": key, "label": key.upper(), "grants": list(grants)}, FORMS)


def rights(*grants: dict[str, Any]) -> Any:
    return permissions([role(*grants)], ME, FORMS).rights("order")


def env(**values: Any) -> Env:
    return Env(values=values, now=NOW, zone=ZONE, actor=ME)


def problems(*grants: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as error:
        role(*grants)
    return [(each.path, each.code) for each in error.value.problems]


def test_what_nobody_grants_is_denied() -> None:
    nothing = permissions([], ME, FORMS).rights("order")
    assert nothing.see.nothing
    assert nothing.edit.nothing
    assert nothing.delete.nothing
    assert not (nothing.create or nothing.export or nothing.import_ or nothing.print_)
    assert set(nothing.fields(ORDER).values()) == {"hide"}
    assert nothing.writable(ORDER, None) == {}
    assert nothing.of_row(ORDER, env(owner=1)).see is False
    assert rights({"form": "customer", "see": True}).see.nothing


def test_true_false_and_formulas() -> None:
    found = rights({"form": "order", "see": "true", "edit": "owner = USER()", "delete": "false",
                    "create": "true", "export": False})  # fmt: skip
    assert found.see.everything
    assert not found.edit.everything
    assert found.delete.nothing
    assert (found.create, found.export) == (True, False)


def test_what_cannot_be_seen_cannot_be_edited() -> None:
    assert rights({"form": "order", "edit": True, "delete": True}).edit.nothing
    mine = rights({"form": "order", "see": "owner = USER()", "edit": "stage = 'draft'"})
    assert mine.edit.met(env(owner=1, stage="draft"))
    assert not mine.edit.met(env(owner=2, stage="draft"))
    assert not mine.edit.met(env(owner=None, stage="draft"))


def test_the_union_of_roles() -> None:
    found = permissions(
        [
            role({"form": "order", "see": "owner = USER()", "edit": True}, key="a"),
            role({"form": "order", "see": "stage = 'won'", "export": True}, key="b"),
        ],
        ME,
        FORMS,
    ).rights("order")
    assert [found.see.met(env(owner=o, stage=s)) for o, s in [(1, "x"), (2, "won"), (2, "x")]] == [
        True, True, False,
    ]  # fmt: skip
    assert not found.edit.met(env(owner=2, stage="won"))
    assert found.export


def test_a_star_stands_for_every_form_that_is_not_named() -> None:
    plan = role({"form": "*", "see": True, "edit": True}, {"form": "order", "see": True})
    found = permissions([plan], ME, FORMS)
    assert found.rights("customer").edit.everything
    assert found.rights("order").edit.nothing


def test_field_rights_of_a_row_are_the_best_of_the_grants_that_show_it() -> None:
    found = rights(
        {"form": "order", "see": True, "edit": True, "fields": {"*": "see", "price": "hide"}},
        {"form": "order", "see": "owner = USER()", "edit": "stage = 'draft'"},
    )
    others = found.of_row(ORDER, env(owner=2, stage="draft"))
    assert "price" not in others.fields
    assert others.fields["stage"] == "see"
    mine = found.of_row(ORDER, env(owner=1, stage="draft"))
    assert mine.fields["price"] == "edit"
    sent = found.of_row(ORDER, env(owner=1, stage="sent"))
    assert sent.fields["price"] == "see"  # the grant that shows it does not let this row be edited
    assert found.right("price") == "edit"
    assert found.differs("price")
    assert not found.differs("stage")


def test_writing_knows_hidden_read_only_and_masked_fields() -> None:
    found = rights(
        {"form": "order", "see": True, "edit": True, "create": True,
         "fields": {"secret": "hide", "price": "see"}, "mask": {"reason": "all"}}
    )  # fmt: skip
    writable = found.writable(ORDER, env(owner=1))
    assert "secret" not in writable
    assert (writable["price"], writable["reason"], writable["stage"]) == (False, False, True)
    assert found.writable(ORDER, None)["reason"] is True
    parsed = read_body(ORDER, {"secret": "x", "price": "1"}, writable=writable, partial=True)
    assert [(each.path, each.code) for each in parsed.problems] == [
        ("/secret", "unknown_field"),
        ("/price", "field_not_writable"),
    ]


@pytest.mark.parametrize(
    ("grant", "expected"),
    [
        ({"form": "nothing"}, ("/grants/0/form", "unknown_form")),
        ({"form": "order", "fields": {"x": "see"}}, ("/grants/0/fields/x", "unknown_field")),
        ({"form": "order", "fields": {"no": "own"}}, ("/grants/0/fields/no", "unknown_right")),
        ({"form": "order", "mask": {"price": "all"}}, ("/grants/0/mask/price", "not_maskable")),
        ({"form": "order", "mask": {"secret": "x"}}, ("/grants/0/mask/secret", "unknown_mask")),
        ({"form": "order", "create": "stage = 'x'"}, ("/grants/0/create", "yes_or_no_only")),
        ({"form": "order", "see": 5}, ("/grants/0/see", "not_a_formula")),
    ],
)
def test_problems_of_grants(grant: dict[str, Any], expected: tuple[str, str]) -> None:
    assert problems(grant) == [expected]


def test_row_rules_must_be_conditions_over_known_names() -> None:
    assert problems({"form": "order", "see": "nobody = 1"})[0][0] == "/grants/0/see"
    assert problems({"form": "order", "edit": "price + 1"})[0][0] == "/grants/0/edit"


def test_the_schema_of_roles_knows_the_masks() -> None:
    body = {"kind": "role", "key": "r", "format": 1, "label": "R", "grants": [
        {"form": "order", "see": "true", "create": True, "mask": {"secret": "tail"}}]}  # fmt: skip
    assert schema_problems(body, role_definition_schema()) == []
    body["grants"][0]["mask"] = {"secret": "half"}  # type: ignore[index]
    wrong = schema_problems(body, role_definition_schema())
    assert [each.path for each in wrong] == ["/grants/0/mask/secret"]


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        ("middle", "13800138000", "138****000"), ("middle", "张三丰", "张****丰"),
        ("middle", "张三", "****"), ("middle", "x", "****"),
        ("tail", "6222021234567890", "622202****"), ("tail", "ab", "a****"), ("tail", "a", "****"),
        ("all", "secret", "****"), ("email", "wang@example.com", "w****@example.com"),
        ("email", "w@example.com", "****@example.com"), ("email", "no address", "****"),
        ("email", "a@b@c.com", "a****@c.com"),
    ],
)  # fmt: skip
def test_masks(mask: str, text: str, shown: str) -> None:
    assert masked(text, mask) == shown


@pytest.mark.parametrize("mask", MASKS)
def test_masks_are_the_same_in_sql(records: Records, mask: str) -> None:
    texts = ["", "a", "ab", "张三", "张三丰", "13800138000", "a@b.cn", "ab@c@d.cn", "@x", "x@",
             "line\nwang@example.com", "%@_"]  # fmt: skip
    shown = masked_sql(Sql("given"), mask)
    found = records.run(
        sql("SELECT given, {} FROM unnest({}::text[]) AS given", shown, value(texts))
    )
    assert found == [(text, masked(text, mask)) for text in texts]
    assert records.run(sql("SELECT {}", masked_sql(Sql("NULL::text"), mask))) == [(None,)]


RULES = (
    "owner = USER()",
    "owner in SUBORDINATES()",
    "owner = USER() or owner in SUBORDINATES() or ISEMPTY(owner)",
    "unit in DEPARTMENTS()",
    "not (stage = 'won')",
    "stage in ['draft', 'sent'] and price > 100",
    "price * quantity >= 1000",
    "paid",
    "subtotal != 20",
    "due < TODAY()",
)
ROWS = some.fixed_dictionaries(
    {
        "owner": some.sampled_from([None, 1, 2, 3, 4]),
        "unit": some.sampled_from([None, 10, 11, 12]),
        "stage": some.sampled_from([None, "draft", "sent", "won"]),
        "price": some.sampled_from([None, Decimal(10), Decimal("100.01"), Decimal(500)]),
        "quantity": some.sampled_from([None, Decimal(2), Decimal(0)]),
        "subtotal": some.sampled_from([None, Decimal(20), Decimal("20.5")]),
        "paid": some.sampled_from([None, True, False]),
        "due": some.sampled_from([None, NOW.date(), NOW.date().replace(day=1)]),
    }
)
TYPES = {"owner": "bigint", "unit": "bigint", "stage": "text", "paid": "boolean", "due": "date"}


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    clauses=some.lists(some.tuples(*[some.sampled_from([True, False, *RULES])] * 3), max_size=3),
    rows=some.lists(ROWS, min_size=1, max_size=6),
)
def test_python_and_sql_agree_about_rows(
    records: Records, clauses: Sequence[tuple[Any, Any, Any]], rows: list[dict[str, Any]]
) -> None:
    found = rights(*({"form": "order", "see": s, "edit": e, "delete": d} for s, e, d in clauses))
    columns = list(rows[0])
    row_values = join(
        ", ",
        (
            sql(
                "({})",
                join(
                    ", ",
                    (sql(f"{{}}::{TYPES.get(key, 'numeric')}", value(row[key])) for key in columns),
                ),
            )
            for row in rows
        ),
    )
    reader = RuleReader("m", ORDER, FORMS, SqlEnv(NOW, ZONE, ME))
    for rule in (found.see, found.edit, found.delete):
        condition = rule.to_sql(reader, SqlEnv(NOW, ZONE, ME))
        given = sql("(VALUES {}) AS m ({})", row_values, join(", ", map(identifier, columns)))
        answers = records.run(sql("SELECT coalesce({}, FALSE) FROM {}", condition, given))
        assert [answer for (answer,) in answers] == [rule.met(env(**row)) for row in rows]


def reasons(found: Permissions, values: dict[str, Any] | None = None, **more: Any) -> Any:
    answer = explain(found, "order", env(**values) if values is not None else None, **more)
    return answer.allowed, [
        (each.role, each.code, each.clause, each.met) for each in answer.reasons
    ]


def test_explanations_name_role_clause_and_outcome() -> None:
    found = permissions(
        [
            role({"form": "order", "see": "owner = USER()", "edit": "stage = 'draft'",
                  "fields": {"secret": "hide", "price": "see"}}, key="sales"),
            role({"form": "order", "see": True, "fields": {"*": "see"}, "mask": {"secret": "all"}},
                 key="boss"),
        ],
        ME,
        FORMS,
    )  # fmt: skip
    boss = ("boss", "grant_gives", "", True)
    assert reasons(found, {"owner": 2}) == (
        True,
        [("sales", "row_not_met", "owner = USER()", False), boss],
    )
    assert reasons(found) == (
        True,
        [("sales", "grant_gives_rows", "owner = USER()", None), (*boss[:3], None)],
    )
    assert reasons(found, {"owner": 1, "stage": "won"}, action="edit") == (
        False,
        [
            ("sales", "row_not_met", "(owner = USER()) and (stage = 'draft')", False),
            ("boss", "grant_refuses", "", None),
        ],
    )
    assert reasons(found, {"owner": 1}, field="secret") == (
        True,
        [
            ("sales", "grant_hides_field", "owner = USER()", True),
            ("boss", "field_masked", "", True),
        ],
    )
    allowed, why = reasons(found, {"owner": 1, "stage": "draft"}, field="price", action="edit")
    assert not allowed
    assert [code for _, code, _, _ in why] == ["field_read_only", "grant_refuses"]
    assert reasons(found, action="export")[0] is False
    assert explain(found, "customer").reasons[0].code == "no_grant"


def test_a_computed_field_hides_with_what_it_is_computed_from() -> None:
    hidden = rights({"form": "order", "see": True, "fields": {"*": "edit", "price": "hide"}})
    assert hidden.right("quantity") == "edit"
    assert hidden.right("subtotal") == "hide"
    assert hidden.right("with_tax") == "hide"
    assert hidden.access("with_tax") is None
    assert "subtotal" not in hidden.of_row(ORDER, env(owner=1)).fields

    named = rights(
        {"form": "order", "see": True, "fields": {"*": "edit", "price": "hide", "subtotal": "see"}}
    )
    assert named.right("subtotal") == "see"
    assert named.right("with_tax") == "edit"


def test_a_computed_field_is_shown_in_the_rows_whose_grant_shows_what_it_is_computed_from() -> None:
    found = rights(
        {"form": "order", "see": True, "fields": {"*": "edit", "price": "hide"}},
        {"form": "order", "see": "owner = USER()"},
    )
    assert "subtotal" in found.of_row(ORDER, env(owner=1)).fields
    assert "subtotal" not in found.of_row(ORDER, env(owner=2)).fields


def test_what_is_read_through_links_is_hidden_with_its_end() -> None:
    grants = {"form": "order", "see": True}
    assert rights(grants, {"form": "customer", "see": True}).right("credit") == "edit"
    hidden = rights(
        grants, {"form": "customer", "see": True, "fields": {"*": "edit", "credit": "hide"}}
    )
    assert hidden.right("credit") == "hide", "a lookup of a formula over a hidden field"
    assert hidden.right("level") == "edit"
    assert rights(grants).right("level") == "hide", "no row of the other form is seen"


def test_explanations_name_what_a_computed_field_would_tell() -> None:
    found = permissions(
        [role({"form": "order", "see": True, "fields": {"*": "edit", "price": "hide"}})], ME, FORMS
    )
    answer = explain(found, "order", field="with_tax")
    assert not answer.allowed
    assert [(each.code, each.reads) for each in answer.reasons] == [("field_reads_hidden", "price")]
