"""Compiling forms: what is resolved, in which order, and every problem with its place."""

from __future__ import annotations

from typing import Any

import pytest

from engines.forms.compile import compile_draft, compile_form
from engines.forms.form import read_form
from engines.forms.plan import Sort
from engines.formulas.types import NUMBER, TEXT
from engines.problems import Problems
from tests.engines.forms.forms import BODIES, CUSTOMER, ORDER, ZONE, changed, plans


def problems(body: dict[str, Any], **others: dict[str, Any]) -> list[tuple[str, str]]:
    bodies = {**BODIES, **others, body["key"]: body}
    forms = {key: read_form(each) for key, each in bodies.items()}
    found = compile_draft(forms[body["key"]], forms, "shop", zone=ZONE)[1]
    return [(each.path, each.code) for each in found]


def test_the_shop_has_no_problems() -> None:
    assert problems(ORDER) == []
    assert problems(CUSTOMER) == []


def test_formulas_over_the_record_are_stored_all_others_are_live() -> None:
    order = plans()["order"]
    assert [field.key for field in order.fields if field.formula and field.stored] == [
        "subtotal",
        "with_tax",
    ]
    assert {field.key for field in order.live} == {"level", "credit", "left", "overdue"}
    assert order.order.index("subtotal") < order.order.index("with_tax")
    assert order.order.index("credit") < order.order.index("left")


def test_lookups_go_through_links_and_other_lookups() -> None:
    nephew = {
        "key": "line",
        "fields": {
            "order": {"type": "link", "form": "order"},
            "level": {"type": "lookup", "link": "order", "field": "level"},
            "made": {"type": "lookup", "link": "order", "field": "created_at"},
        },
    }
    forms = {key: read_form(body) for key, body in {**BODIES, "line": nephew}.items()}
    line = compile_form(forms["line"], forms, "shop")
    assert line.by_key["level"].lookup == ("order", "customer", "level")
    assert line.by_key["level"].value_type == TEXT
    assert line.by_key["level"].to_text("vip", "en") == "Key"
    assert line.by_key["made"].lookup == ("order", "created_at")
    assert plans()["order"].by_key["credit"].value_type == NUMBER


def test_views_title_and_history_are_resolved() -> None:
    order = plans()["order"]
    view = order.views["all"]
    assert view.columns == ("no", "customer", "stage", "created_at")
    assert view.sort == (Sort(("due",), True), Sort(("no",)))
    assert view.where is not None
    assert [part.path or part.text for part in order.title] == [("no",), " ", ("customer",)]
    assert order.history_fields == ("stage",)
    assert (order.schema, order.table) == ("app_shop", "order")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"a": {"type": "colour"}}, [("/fields/a/type", "unknown_field_type")]),
        ({"a": {"type": "link", "form": "nowhere"}}, [("/fields/a/form", "unknown_form")]),
        ({"id": {"type": "text"}}, [("/fields/id", "reserved_key")]),
        (
            {"a": {"type": "lookup", "link": "stage", "field": "name"}},
            [("/fields/a/link", "not_a_link_field")],
        ),
        (
            {"a": {"type": "lookup", "link": "customer", "field": "nothing"}},
            [("/fields/a/field", "unknown_field")],
        ),
        (
            {"a": {"type": "formula", "returns": "number", "formula": "a + 1"}},
            [("/fields/a/formula", "formula_cycle")],
        ),
        (
            {
                "a": {"type": "formula", "returns": "number", "formula": "b + 1"},
                "b": {"type": "formula", "returns": "number", "formula": "a + 1"},
            },
            [("/fields/a/formula", "formula_cycle")],
        ),
        (
            {"a": {"type": "number", "default": "a + 1"}},
            [("/fields/a/default", "default_reads_itself")],
        ),
        (
            {"a": {"type": "choice", "options": [{"value": "x"}], "default": "'y'"}},
            [("/fields/a/default", "not_an_option")],
        ),
        (
            {"a": {"type": "number", "max": 5, "default": "6"}},
            [("/fields/a/default", "above_maximum")],
        ),
        ({"a": {"type": "long_text", "unique": True}}, [("/fields/a/unique", "cannot_be_unique")]),
        ({"customer": None}, None),
    ],
)
def test_problems_of_fields(change: Any, expected: Any) -> None:
    found = problems(changed(ORDER, **change))
    if expected is None:
        places = {path for path, _ in found}
        assert {"/fields/level/link", "/unique/0/0", "/views/all/columns/1"} <= places
    else:
        assert found == expected


def test_a_formula_of_the_wrong_type_is_told() -> None:
    wrong = changed(ORDER, a={"type": "formula", "returns": "date", "formula": "quantity + 1"})
    assert [path for path, _ in problems(wrong)] == ["/fields/a/formula"]


def test_an_unknown_name_in_a_formula_carries_its_column() -> None:
    forms = {key: read_form(body) for key, body in BODIES.items()}
    body = changed(ORDER, a={"type": "formula", "returns": "number", "formula": "1 + nothing"})
    with pytest.raises(Problems) as found:
        compile_form(read_form(body), forms, "shop")
    (problem,) = found.value.problems
    assert problem.path == "/fields/a/formula"
    assert problem.params["column"] == 5


def test_the_chain_of_a_cycle_is_told() -> None:
    body = changed(
        ORDER,
        a={"type": "formula", "returns": "number", "formula": "b"},
        b={"type": "formula", "returns": "number", "formula": "c"},
        c={"type": "formula", "returns": "number", "formula": "a"},
    )
    forms = {key: read_form(each) for key, each in BODIES.items()}
    found = compile_draft(read_form(body), forms, "shop")[1]
    assert [each.params["chain"] for each in found] == ["a → b → c → a"]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ({"title": "{{nobody}}"}, ("/title", "unknown_field")),
        ({"title": "{{customer.nothing}}"}, ("/title", "unknown_field")),
        ({"layout": [{"rows": [["no", "nope"]]}]}, ("/layout/0/rows/0/1", "unknown_field")),
        (
            {"layout": [{"tabs": [{"rows": [["nope"]]}]}]},
            ("/layout/0/tabs/0/rows/0/0", "unknown_field"),
        ),
        (
            {"behaviour": [{"when": "paid", "show": ["x"]}]},
            ("/behaviour/0/show/0", "unknown_field"),
        ),
        (
            {"checks": [{"that": "paid", "message": "", "at": "x"}]},
            ("/checks/0/at", "unknown_field"),
        ),
        ({"unique": [["reason"]]}, ("/unique/0/0", "cannot_be_unique")),
        (
            {"views": {"v": {"type": "table", "columns": ["x"]}}},
            ("/views/v/columns/0", "unknown_field"),
        ),
        (
            {"views": {"v": {"type": "table", "sort": ["-tags"]}}},
            ("/views/v/sort/0", "not_sortable"),
        ),
        ({"views": {"v": {"type": "kanban", "by": "paid"}}}, ("/views/v/by", "not_a_choice_field")),
        (
            {"page": {"related": [{"form": "x", "link": "y"}]}},
            ("/page/related/0/form", "unknown_form"),
        ),
        (
            {"page": {"related": [{"form": "customer", "link": "parent"}]}},
            ("/page/related/0/link", "link_leads_elsewhere"),
        ),
    ],
)
def test_problems_of_the_other_parts(part: Any, expected: tuple[str, str]) -> None:
    assert problems({**ORDER, **part}) == [expected]


def test_fields_of_a_public_form_exist_and_can_be_shown_to_strangers() -> None:
    body = {**ORDER, "public": {"fields": ["nowhere", "customer"]}}
    assert problems(body) == [
        ("/public/fields/0", "unknown_field"),
        ("/public/fields/1", "not_on_public_forms"),
        ("/public/fields", "required_not_public"),
    ]


@pytest.mark.parametrize(
    ("public", "expected"),
    [
        ({"opens_at": "tomorrow"}, ("/public/opens_at", "not_a_moment")),
        ({"closes_at": "2026-02-30T08:00"}, ("/public/closes_at", "not_a_moment")),
        (
            {"opens_at": "2026-03-01T09:00", "closes_at": "2026-03-01T00:30:00Z"},
            ("/public/closes_at", "closes_before_opening"),
        ),
        ({"opens_at": "2026-03-01T08:00", "closes_at": "2026-03-01T00:30:00Z"}, None),
    ],
)
def test_moments_of_a_public_form(public: Any, expected: tuple[str, str] | None) -> None:
    fields = {"name": {"type": "text"}}
    body = {"key": "x", "fields": fields, "public": {"fields": ["name"], **public}}
    assert problems(body) == ([] if expected is None else [expected])


def test_a_public_form_asks_for_what_must_be_filled_in() -> None:
    fields = {
        "name": {"type": "text", "required": True},
        "kind": {"type": "text", "required": True, "default": "'web'"},
        "note": {"type": "text"},
    }
    body = {"key": "x", "fields": fields, "public": {"fields": ["note"]}}
    assert problems(body) == [("/public/fields", "required_not_public")]


@pytest.mark.parametrize(
    ("reset", "date", "repeats"),
    [
        ("never", None, False),
        ("year", "MM", True),
        ("year", "YY", False),
        ("month", None, True),
        ("month", "YYYY", True),
        ("month", "YYMM", False),
        ("week", "YYYYMM", True),
        ("day", "YYYYMMDD", False),
    ],
)
def test_numbers_that_begin_anew_without_a_date_are_warned_of(
    reset: str, date: str | None, repeats: bool
) -> None:
    dated = [{"date": date}] if date else []
    serial = {"type": "serial", "pattern": [*dated, {"counter": 4, "reset": reset}]}
    found = problems({"key": "x", "fields": {"no": serial}})
    assert found == ([("/fields/no/pattern", "serial_repeats")] if repeats else [])


@pytest.mark.parametrize("title", ["{{name", "{{name}} name}}", "{{客户}"])
def test_placeholders_of_a_title_that_do_not_end(title: str) -> None:
    body = {"key": "x", "fields": {"name": {"type": "text"}}, "title": title}
    assert problems(body) == [("/title", "placeholder_malformed")]


def test_a_field_placed_twice_is_only_a_warning() -> None:
    body = {**ORDER, "layout": [{"rows": [["no"], ["no"]]}]}
    assert problems(body) == [("/layout/0/rows/1/0", "placed_twice")]
    forms = {key: read_form(each) for key, each in {**BODIES, "order": body}.items()}
    assert compile_form(forms["order"], forms, "shop").key == "order"


def test_paths_of_more_than_three_links_are_refused() -> None:
    formula = "customer.parent.parent.parent.name"
    body = changed(ORDER, a={"type": "formula", "returns": "text", "formula": formula})
    assert problems(body) == [("/fields/a/formula", "path_too_long")]


def test_sql_words_and_long_names_are_good_keys() -> None:
    fields = {"select": {"type": "text"}, "x" + "_y" * 19: {"type": "text"}}
    forms = {"table": read_form({"key": "table", "fields": fields})}
    assert compile_form(forms["table"], forms, "shop").table == "table"
