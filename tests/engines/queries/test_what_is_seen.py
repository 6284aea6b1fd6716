"""No query shows, sorts by or counts what a role does not show."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engines.forms.plan import Sort
from engines.problems import Problems
from engines.queries import (
    Cell,
    Group,
    Measure,
    PolicedQuery,
    Query,
    as_application,
    count,
    to_sql,
)
from tests.engines.queries.asking import PLAN, codes, ids, where
from tests.engines.queries.world import World


def test_the_row_rule_is_in_every_list(world: World) -> None:
    assert ids(world.listed(Query("order", sort=(Sort(("id",)),)), "sales")) == [1, 3]
    assert ids(world.listed(Query("order", sort=(Sort(("id",)),)), "sales", person=2)) == [2]
    assert ids(world.listed(Query("order", ids=(2,)), "sales")) == []
    assert world.records.run(count(world.policed(Query("order"), "sales"))) == [(2,)]
    assert ids(world.listed(Query("order", sort=(Sort(("id",)),)), "keeper")) == [1, 3]
    union = world.listed(Query("order", sort=(Sort(("id",)),)), "keeper", "sales", person=2)
    assert ids(union) == [1, 2, 3]


def test_without_a_grant_there_is_nothing(world: World) -> None:
    with pytest.raises(Problems) as error:
        world.policed(Query("order"), "nobody")
    assert codes(error) == [("/form", "form_hidden")]
    with pytest.raises(Problems) as error:
        world.policed(Query("customer"), "keeper")
    assert codes(error) == [("/form", "form_hidden")]


def test_an_empty_condition_is_not_met(world: World) -> None:
    """A row without owner belongs to nobody, and a person without id owns nothing."""
    assert ids(world.listed(Query("order"), "sales", person=None)) == []


def test_links_to_invisible_records_have_no_label_and_lookups_are_empty(world: World) -> None:
    found = {each["id"]: each for each in world.listed(Query("order"), "sales")}
    assert found[1]["customer"] == {"id": 1, "label": "华东精工（重点）"}
    assert found[3]["customer"] == {"id": 3, "label": None}  # owned by somebody else
    assert found[3]["level"] is None
    assert found[3]["label"] == "A3"
    keeper = {each["id"]: each for each in world.listed(Query("order"), "keeper")}
    assert keeper[1]["customer"] == {"id": 1, "label": None}  # no right to customers at all
    assert "level" not in keeper[1]


def test_filters_through_a_link_do_not_see_invisible_records(world: World) -> None:
    query = Query("order", filters=(where("customer.level = 'vip'"),))
    assert ids(world.listed(query, "sales")) == [1]
    assert ids(world.listed(Query("order", filters=(where("level = 'vip'"),)), "sales")) == [1]
    assert sorted(ids(world.listed(query, "administrator"))) == [1, 3]
    assert ids(world.listed(Query("order", filters=(where("ISEMPTY(level)"),)), "sales")) == [3]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        (Query("order", filters=(where("secret = '内部'"),)), "/filter"),
        (Query("order", sort=(Sort(("secret",)),)), "/sort"),
        (Query("order", groups=(Group(("secret",), "s"),)), "/dimensions"),
        (Query("order", measures=(Measure("count_distinct", "n", ("secret",)),)), "/measures"),
        (
            Query("order", measures=(Measure("count", "n", when=where("secret = 'x'")),)),
            "/measures",
        ),
        (Query("order", equals=(Cell(("secret",), "内部"),)), "/filter"),
    ],
)
def test_what_is_hidden_can_be_asked_in_no_way(world: World, query: Query, place: str) -> None:
    with pytest.raises(Problems) as error:
        world.policed(query, "sales")
    assert codes(error) == [(place, "field_hidden")]
    world.policed(query, "administrator")


def test_hidden_fields_of_linked_forms_are_hidden_through_links(world: World) -> None:
    for text in ("customer.credit > 1", "customer.parent.credit > 1"):
        with pytest.raises(Problems) as error:
            world.policed(Query("order", filters=(where(text),)), "auditor")
        assert codes(error) == [("/filter", "field_hidden")]
    with pytest.raises(Problems) as error:
        world.policed(Query("order", filters=(where("customer.name = 'x'"),)), "keeper")
    assert codes(error) == [("/filter", "field_hidden")]


def test_hidden_columns_are_absent(world: World) -> None:
    policed = world.policed(Query("order", columns=(("no",), ("secret",))), "sales")
    assert policed.columns == (("no",),)
    assert "secret" not in world.listed(Query("order"), "sales")[0]


def test_a_field_that_some_rows_show_is_empty_in_the_others(world: World) -> None:
    found = {each["id"]: each for each in world.listed(Query("order"), "auditor")}
    assert {key: each["price"] for key, each in found.items()} == {
        1: None, 2: "200", 3: None, 4: "150",
    }  # fmt: skip
    above = Query("order", filters=(where("price > 0"),), sort=(Sort(("id",)),))
    assert ids(world.listed(above, "auditor")) == [2, 4]
    empty = Query("order", filters=(where("ISEMPTY(price)"),), sort=(Sort(("id",)),))
    assert ids(world.listed(empty, "auditor")) == [1, 3]
    down = world.listed(Query("order", sort=(Sort(("price",), True),)), "auditor")
    assert ids(down)[:2] == [2, 4]  # 10 of order 1 sorts like nothing
    totals = Query(
        "order", measures=(Measure("sum", "s", ("price",)), Measure("min", "m", ("price",)))
    )
    assert world.records.run(to_sql(world.policed(totals, "auditor"))) == [
        (Decimal(350), Decimal(150))
    ]


def test_a_fixed_condition_of_the_definition_may_read_every_field(world: World) -> None:
    query = Query("order", fixed=(where("secret = '内部'"),))
    assert ids(world.listed(query, "sales", person=2)) == [2]


def test_masks(world: World) -> None:
    found = {each["id"]: each for each in world.listed(Query("customer"), "auditor")}
    assert found[1]["phone"] == "138****000"
    assert found[1]["email"] == "w****@example.com"
    assert found[3]["phone"] is None
    # With a role that shows it plainly the mask is gone, in its rows only.
    both = {each["id"]: each for each in world.listed(Query("customer"), "auditor", "sales")}
    assert both[1]["phone"] == "13800138000"
    assert both[3]["phone"] is None
    other = world.listed(Query("customer", sort=(Sort(("id",)),)), "auditor", "sales", person=2)
    assert [each["phone"] for each in other] == ["138****000", "02155556666", None]


def test_masked_values_cannot_be_searched_or_filtered(world: World) -> None:
    assert ids(world.listed(Query("customer", search="13800138000"), "auditor")) == []
    assert ids(world.listed(Query("customer", search="华东"), "auditor")) == [1]
    assert ids(world.listed(Query("customer", search="13800138000"), "administrator")) == [1]
    query = Query("customer", filters=(where("phone = '13800138000'", "customer"),))
    assert ids(world.listed(query, "auditor")) == []
    assert ids(world.listed(query, "administrator")) == [1]


def test_rights_of_each_record(world: World) -> None:
    found = {
        each["id"]: each["rights"] for each in world.listed(Query("order", rights=True), "sales")
    }
    assert found == {
        1: {"edit": True, "delete": False},
        3: {"edit": False, "delete": False},
    }


def test_only_the_access_stage_makes_policed_queries(world: World) -> None:
    policed = world.policed(Query("order"), "administrator")
    with pytest.raises(TypeError):
        PolicedQuery(policed.planned, policed.access, "mine", object())
    with pytest.raises(ValueError, match="reason"):
        as_application(Query("order"), PLAN.forms, world.env(), reason="")
