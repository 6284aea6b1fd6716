"""Reports asked of a real Postgres: the whole way from definition to rows and back to records."""

from __future__ import annotations

from typing import Any

import pytest

from engines.application import ApplicationPlan, compile_application, table_operations
from engines.formulas.to_sql import SqlEnv
from engines.queries import Query, as_application, to_sql
from engines.reports.compile import compile_report
from engines.reports.plan import ReportPlan
from engines.reports.query import drill, query
from engines.reports.result import Result, result
from tests.engines.record_database import Records
from tests.support.definitions import CUSTOMER, NOW, QUOTE
from tests.support.reports import labelled

ROWS: list[tuple[Any, ...]] = [
    ("a", 1, "100.50", "draft", "2026-01-15", "2026-01-31 16:30+00", 1),
    ("b", 1, "200", "sent", "2026-02-10", "2026-01-31 15:30+00", 2),
    ("c", 2, "300", "won", "2026-04-01", None, 1),
    ("d", 2, None, "won", "2026-04-30", None, None),
    ("e", None, "50", None, None, None, 3),
]


class World:
    """The sales forms installed, with two customers and five quotes."""

    def __init__(self, records: Records) -> None:
        self.records = records
        application = {"kind": "application", "key": "crm", "label": "CRM"}
        self.plan: ApplicationPlan = compile_application(
            "crm",
            {
                ("application", "crm"): application,
                ("form", "customer"): CUSTOMER,
                ("form", "quote"): QUOTE,
            },
        )
        for operation in table_operations(None, self.plan):
            for statement in (*operation.prepare(), *operation.flip(), *operation.follow_up()):
                records.run(statement)
        self._run(
            "INSERT INTO app_crm.customer (release, grams, name, level)"
            " VALUES (1, '{}', '华星', 'a'), (1, '{}', '远大', 'b')"
        )
        for row in ROWS:
            self._run(
                "INSERT INTO app_crm.quote (release, grams, name, customer, total, stage, due,"
                " signed_at, owner, half) VALUES (1, '{}', %s, %s, %s, %s, %s, %s, %s, 0)",
                row,
            )

    def _run(self, text: str, params: tuple[Any, ...] = ()) -> None:
        with self.records.connection.cursor() as cursor:
            cursor.execute(text, params)

    def stay(self, record: int, value: str) -> None:
        self._run(
            "INSERT INTO app_crm._stay (form, record, field, value, entered_at, first_entry)"
            " VALUES ('quote', %s, 'stage', %s, now(), true)",
            (record, value),
        )

    def report(self, **more: Any) -> ReportPlan:
        body = {"key": "r", "label": "r", "form": "quote", "chart": {"type": "table"}, **more}
        return compile_report(body, self.plan.forms)

    def ask(self, asked: Query) -> list[tuple[Any, ...]]:
        env = SqlEnv(NOW, "Asia/Shanghai")
        policed = as_application(asked, self.plan.forms, env, reason="test")
        return self.records.run(to_sql(policed))

    def result(self, plan: ReportPlan) -> Result:
        return result(plan, self.ask(query(plan)), "zh-Hans")


@pytest.fixture
def world(records: Records) -> World:
    return World(records)


def test_options_measures_and_a_formula(world: World) -> None:
    plan = world.report(
        dimensions=[{"field": "stage"}],
        measures=[
            {"of": "count"},
            {"of": "sum", "field": "total"},
            {"of": "average", "field": "total"},
            {"of": "maximum", "field": "due"},
            {"of": "distinct", "field": "customer"},
            {"of": "count", "key": "large", "where": "total > 150"},
            {"of": "formula", "key": "share", "formula": "large / count"},
        ],
    )
    assert labelled(world.result(plan)) == (
        ("草稿", "1", "100.5", "100.5", "2026-01-15", "1", "0", "0"),
        ("已发", "1", "200", "200", "2026-02-10", "1", "1", "1"),
        ("赢单", "2", "300", "300", "2026-04-30", "1", "1", "0.5"),
        ("—", "1", "50", "50", None, "0", "0", "0"),
    )


def test_periods_in_the_application_s_zone(world: World) -> None:
    plan = world.report(dimensions=[{"field": "signed_at", "by": "month", "empty": False}])
    assert world.result(plan).rows == (("2026-01", "1"), ("2026-02", "1"))
    quarters = world.report(dimensions=[{"field": "due", "by": "quarter"}])
    found = world.result(quarters)
    assert labelled(found) == (("2026年1季度", "2"), ("2026年2季度", "2"), ("—", "1"))
    assert [period for period, _ in found.rows] == ["2026 Q1", "2026 Q2", None]


def test_links_people_and_paths_are_named(world: World) -> None:
    found = world.result(world.report(dimensions=[{"field": "customer"}], sort=["customer"]))
    assert labelled(found) == (("华星", "2"), ("远大", "2"), ("—", "1"))
    assert found.rows[0] == ({"id": 1, "label": "华星"}, "2")
    assert found.rows[2] == (None, "1")
    assert found.cells[0] == {"customer": 1}
    by_owner = world.result(world.report(dimensions=[{"field": "owner"}], sort=["-count", "owner"]))
    assert by_owner.labels[0] == ("张三",)
    assert {label for (label,) in by_owner.labels} == {"张三", "李四", "王芳", "—"}
    levels = world.result(world.report(dimensions=[{"field": "customer.level"}]))
    assert labelled(levels) == (("重点", "2"), ("普通", "2"), ("—", "1"))


def test_both_funnels(world: World) -> None:
    for record, values in {1: ["draft"], 2: ["draft", "sent"], 3: ["sent", "won"]}.items():
        for value in values:
            world.stay(record, value)
    steps = {"field": "stage", "steps": ["draft", "sent", "won"]}
    current = world.report(funnel={**steps, "count": "current"}, chart={"type": "funnel"})
    assert [row[:2] for row in world.result(current).rows] == [
        ("draft", "1"),
        ("sent", "1"),
        ("won", "2"),
    ]
    reached = world.report(funnel={**steps, "count": "reached"}, chart={"type": "funnel"})
    assert [row[1] for row in world.result(reached).rows] == ["3", "2", "1"]
    value = world.report(
        funnel=steps, measures=[{"of": "sum", "field": "total"}], chart={"type": "funnel"}
    )
    assert [row[1] for row in world.result(value).rows] == ["100.5", "200", "300"]


def test_every_cell_leads_to_its_records(world: World) -> None:
    plan = world.report(
        dimensions=[
            {"field": "stage"},
            {"field": "customer"},
            {"field": "due", "by": "month"},
            {"field": "owner"},
        ]
    )
    found = world.result(plan)
    assert len(found.cells) == 5
    for cell, row in zip(found.cells, found.rows, strict=True):
        assert isinstance(cell, dict)
        equals, conditions = drill(plan, cell)
        asked = Query("quote", columns=(("name",),), equals=equals, fixed=conditions)
        assert str(len(world.ask(asked))) == row[-1]


def test_a_number_over_nothing_is_there(world: World) -> None:
    plan = world.report(
        measures=[{"of": "count"}, {"of": "sum", "field": "total"}],
        where="name = 'nobody'",
        chart={"type": "number"},
    )
    assert world.result(plan).rows == (("0", None),)
