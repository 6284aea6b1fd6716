"""Groups, their cells, and who ever reached a stage."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from engines.forms.plan import Sort
from engines.queries import (
    Cell,
    Group,
    Measure,
    Query,
    to_sql,
)
from tests.engines.queries.asking import ids, where
from tests.engines.queries.world import World


def test_groups_with_periods_people_and_links(world: World) -> None:
    query = Query(
        "order",
        groups=(Group(("stage",), "stage"),),
        measures=(Measure("count", "n"), Measure("sum", "total", ("price",)),
                  Measure("count", "large", when=where("price > 100"))),
    )  # fmt: skip
    assert world.records.run(to_sql(world.policed(query, "administrator"))) == [
        ("draft", 2, Decimal(210), 1), ("sent", 1, Decimal(150), 1), ("won", 1, None, 0),
    ]  # fmt: skip
    people = Query("order", groups=(Group(("owner",), "owner"),), measures=(Measure("count", "n"),),
                   sort=(Sort(("n",), True), Sort(("owner",))))  # fmt: skip
    assert world.records.run(to_sql(world.policed(people, "administrator"))) == [
        ({"id": 1, "name": "张三", "username": "zhang"}, 2),
        ({"id": 2, "name": "李四", "username": "li"}, 1),
        (None, 1),
    ]
    links = Query("order", groups=(Group(("customer",), "c"),), measures=(Measure("count", "n"),))
    assert world.records.run(to_sql(world.policed(links, "sales"))) == [
        ({"id": 1, "label": "华东精工（重点）"}, 1),
        ({"id": 3, "label": None}, 1),
    ]
    level = Query("order", groups=(Group(("level",), "l"),), measures=(Measure("count", "n"),))
    assert world.records.run(to_sql(world.policed(level, "sales"))) == [("vip", 1), (None, 1)]


def test_periods_are_those_of_the_applications_zone(world: World) -> None:
    for grain, start in [
        ("day", date(2026, 11, 22)), ("week", date(2026, 11, 16)), ("month", date(2026, 11, 1)),
        ("quarter", date(2026, 10, 1)), ("year", date(2026, 1, 1)),
    ]:  # fmt: skip
        group = Group(("visit",), "g", grain)  # type: ignore[arg-type]
        query = Query("order", groups=(group,), measures=(Measure("count", "n"),), ids=(4,))
        assert world.records.run(to_sql(world.policed(query, "administrator"))) == [(start, 1)]
        cell = Query("order", equals=(Cell(("visit",), start, grain),))  # type: ignore[arg-type]
        assert ids(world.listed(cell, "administrator")) == [4]
    due = Query("order", equals=(Cell(("due",), date(2026, 11, 1), "month"),))
    assert ids(world.listed(due, "administrator")) == [4]


def test_cells_are_the_records_behind_a_group(world: World) -> None:
    for cell, found in [
        (Cell(("stage",), "draft"), [1, 2]), (Cell(("customer",), None), [4]),
        (Cell(("customer",), 3), [3]), (Cell(("level",), "vip"), [1, 3]),
        (Cell(("price",), Decimal("10.0")), [1]), (Cell(("paid",), True), [4]),
        (Cell(("customer", "owner"), 2), [2]),
    ]:  # fmt: skip
        query = Query("order", equals=(cell,), sort=(Sort(("id",)),))
        assert ids(world.listed(query, "administrator")) == found


def test_reached_counts_who_ever_was_there(world: World) -> None:
    world.records.run(
        "INSERT INTO app_shop._stay (form, record, field, value, entered_at, first_entry) VALUES"
        " ('order', 1, 'stage', 'draft', now(), true), ('order', 1, 'stage', 'sent', now(), true),"
        " ('order', 3, 'stage', 'sent', now(), true), ('order', 3, 'stage', 'won', now(), true),"
        " ('order', 3, 'stage', 'sent', now(), false),"
        " ('customer', 2, 'stage', 'sent', now(), true)"
    )
    query = Query("order", measures=(
        Measure("reached", "sent", ("stage",), values=("sent", "won")),
        Measure("reached", "won", ("stage",), values=("won",)),
    ))  # fmt: skip
    assert world.records.run(to_sql(world.policed(query, "administrator"))) == [(2, 1)]
    assert world.records.run(to_sql(world.policed(query, "sales", person=2))) == [(0, 0)]
