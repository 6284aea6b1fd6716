"""Reports: compiled, asked, arranged, drawn and drilled into."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engines.definitions.schemas import schema
from engines.problems import Problems
from engines.queries.query import Cell
from engines.reports.compile import compile_report
from engines.reports.grains import bucket_day
from engines.reports.plan import ReportPlan
from engines.reports.query import drill, query
from engines.reports.report import report_schema
from engines.reports.result import Result, result
from tests.support.definitions import compiled
from tests.support.reports import labelled


def body(**more: Any) -> dict[str, Any]:
    return {"kind": "report", "key": "r", "format": 1, "label": "报表", "form": "quote", **more}


def report(**more: Any) -> ReportPlan:
    whole = body(**more)
    Draft202012Validator(report_schema()).validate(whole)
    return compile_report(whole, compiled())


def codes(**more: Any) -> list[tuple[str, str]]:
    with pytest.raises(Problems) as caught:
        compile_report(body(**more), compiled())
    return [(each.path, each.code) for each in caught.value.problems]


def shown(plan: ReportPlan, rows: list[list[Any]], language: str = "zh-Hans") -> Result:
    found = result(plan, rows, language)
    draw(found.figure)
    return found


def draw(figure: dict[str, Any]) -> None:
    """Plotly accepts the figure as it is, and it survives JSON."""
    if figure:
        import plotly.graph_objects as go

        go.Figure(json.loads(json.dumps(figure)))
        assert "template" not in figure["layout"]


BY_STAGE: dict[str, Any] = {
    "dimensions": [{"field": "stage"}],
    "measures": [{"of": "count"}, {"of": "sum", "field": "total"}],
    "chart": {"type": "bar"},
}


def test_a_report_becomes_groups_and_measures() -> None:
    plan = report(
        dimensions=[{"field": "stage"}, {"field": "signed_at", "by": "month"}],
        measures=[{"of": "count"}, {"of": "average", "field": "total", "where": "stage = 'won'"}],
        where="total > 0",
        sort=["-average_total", "signed_at"],
        limit=5,
        chart={"type": "table"},
    )
    asked = query(plan)
    assert [(g.path, g.key, g.grain) for g in asked.groups] == [
        (("stage",), "stage", None),
        (("signed_at",), "signed_at_month", "month"),
    ]
    assert [(m.kind, m.key, m.path) for m in asked.measures] == [
        ("count", "count", ()),
        ("average", "average_total", ("total",)),
    ]
    assert asked.measures[1].when is not None
    assert [formula.text for formula in asked.fixed] == ["total > 0"]
    assert [(s.path, s.descending) for s in asked.sort] == [
        (("average_total",), True),
        (("signed_at_month",), False),
    ]
    draft = query(plan, published=False)
    assert (len(draft.fixed), len(draft.filters)) == (0, 1)


def test_amounts_say_their_currency_and_other_numbers_none() -> None:
    measures: list[dict[str, Any]] = [
        {"of": "count"},
        {"of": "sum", "field": "total"},
        {"of": "maximum", "field": "half"},
        {"of": "average", "field": "discount"},
        {"of": "distinct", "field": "total"},
        {"of": "sum", "field": "total", "key": "share", "format": {"style": "percent"}},
    ]
    plan = report(measures=measures)
    found = result(plan, [[2, Decimal(300), Decimal(90), Decimal(5), 2, Decimal(1)]], "en", "CNY")
    assert [column.get("currency") for column in found.columns] == [
        *(None, "CNY", "CNY"),
        *(None, None, None),
    ]


def test_options_come_in_their_order_with_labels_and_colours() -> None:
    found = shown(
        report(**BY_STAGE),
        [["won", 2, Decimal("300.50")], [None, 1, None], ["draft", 5, Decimal("20")]],
    )
    assert found.columns == (
        {"key": "stage", "label": "阶段", "type": "text"},
        {"key": "count", "label": "数量", "type": "number"},
        {"key": "sum_total", "label": "金额合计", "type": "number"},
    )
    assert found.rows == (("draft", "5", "20"), ("won", "2", "300.5"), (None, "1", None))
    assert found.labels == (("草稿",), ("赢单",), ("—",))
    assert found.cells == ({"stage": "draft"}, {"stage": "won"}, {"stage": None})
    first = found.figure["data"][0]
    assert first["x"] == ["草稿", "赢单", "—"]
    assert first["y"] == [5, 2, 1]
    assert first["customdata"] == list(found.cells)
    english = shown(report(**BY_STAGE), [["won", 2, Decimal(3)]], "en")
    assert labelled(english) == (("Won", "2", "3"),)
    assert english.columns[2]["label"] == "Total 金额"
    own = shown(report(**{**BY_STAGE, "measures": [{"of": "count"}]}), [["won", 2], ["draft", 1]])
    assert own.figure["data"][0]["marker"]["color"] == ["#8a929d", "#3b9a63"]


def test_time_runs_evenly_with_gaps_filled() -> None:
    plan = report(
        dimensions=[{"field": "due", "by": "month"}],
        measures=[{"of": "count"}, {"of": "average", "field": "total"}],
        chart={"type": "line"},
    )
    found = shown(plan, [[date(2026, 1, 1), 2, Decimal(5)], [date(2026, 4, 1), 1, Decimal(7)]])
    assert found.rows == (
        ("2026-01", "2", "5"),
        ("2026-04", "1", "7"),
    )
    assert found.figure["data"][0]["y"] == [2, 0, 0, 1]
    assert found.figure["data"][1]["y"] == [5, None, None, 7]


@pytest.mark.parametrize(
    ("grain", "day", "zh", "en"),
    [
        ("year", date(2026, 1, 1), "2026年", "2026"),
        ("quarter", date(2026, 10, 1), "2026年4季度", "2026 Q4"),
        ("month", date(2026, 11, 1), "2026-11", "2026-11"),
        ("week", date(2026, 12, 28), "2026年第53周", "2026-W53"),
        ("day", date(2026, 11, 21), "2026-11-21", "2026-11-21"),
    ],
)
def test_periods_are_named(grain: str, day: date, zh: str, en: str) -> None:
    plan = report(dimensions=[{"field": "due", "by": grain}], chart={"type": "table"})
    assert shown(plan, [[day, 1]]).labels == ((zh,),)
    assert shown(plan, [[day, 1]], "en").labels == ((en,),)


def test_two_dimensions_make_series_and_stack() -> None:
    plan = report(
        dimensions=[{"field": "due", "by": "month"}, {"field": "stage"}],
        measures=[{"of": "count"}],
        chart={"type": "bar", "stack": True, "orientation": "horizontal"},
    )
    rows = [
        [date(2026, 1, 1), "won", 2],
        [date(2026, 1, 1), "draft", 3],
        [date(2026, 2, 1), "won", 1],
    ]
    figure = shown(plan, rows).figure
    assert figure["layout"]["barmode"] == "stack"
    assert [trace["name"] for trace in figure["data"]] == ["草稿", "赢单"]
    assert figure["data"][0]["x"] == [3, None]
    assert figure["data"][1]["x"] == [2, 1]
    assert figure["data"][1]["customdata"][0] == {"due_month": "2026-01-01", "stage": "won"}


def test_the_greatest_first_and_the_rest_never_silent() -> None:
    rows = [
        [{"id": 1, "label": "甲"}, 1],
        [{"id": 2, "label": "乙"}, 5],
        [{"id": 3, "label": "丙"}, 3],
        [{"id": 4, "label": None}, 2],
    ]
    options: dict[str, Any] = {
        "dimensions": [{"field": "customer"}],
        "measures": [{"of": "count"}],
        "limit": 2,
        "chart": {"type": "pie"},
    }
    asked = query(report(**options))
    assert [(s.path, s.descending) for s in asked.sort] == [(("count",), True)]
    cut = shown(report(**options), rows)
    assert (labelled(cut), cut.more) == ((("乙", "5"), ("丙", "3")), 2)
    summed = shown(report(**options, others=True), rows)
    assert labelled(summed) == (("乙", "5"), ("丙", "3"), ("其他", "3"))
    assert summed.cells[2] is None
    assert summed.more == 2
    assert summed.figure["data"][0]["values"] == [5, 3, 3]


def test_a_formula_over_measures() -> None:
    plan = report(
        dimensions=[{"field": "stage"}],
        measures=[
            {"of": "count"},
            {"of": "count", "key": "vip", "label": "重点", "where": "customer.level = 'a'"},
            {
                "of": "formula",
                "key": "share",
                "formula": "vip / count",
                "format": {"style": "percent"},
            },
        ],
        sort=["-share"],
        chart={"type": "table"},
    )
    assert [m.key for m in query(plan).measures] == ["count", "vip"]
    found = shown(plan, [["draft", 4, 1], ["won", 2, 1], ["sent", 0, 0]])
    assert labelled(found) == (
        ("赢单", "2", "1", "0.5"),
        ("草稿", "4", "1", "0.25"),
        ("已发", "0", "0", None),
    )
    assert found.columns[3]["type"] == "percent"


def test_numbers_are_written_for_the_language() -> None:
    plan = report(measures=[{"of": "sum", "field": "total"}], chart={"type": "number"})
    tile = shown(plan, [[Decimal("10005534")]]).figure["data"][0]
    assert (tile["value"], tile["number"]["suffix"]) == (1000.55, "万")
    tile = shown(plan, [[Decimal("10005534")]], "en").figure["data"][0]
    assert (tile["value"], tile["number"]["suffix"]) == (10.01, "M")
    tile = shown(plan, [[Decimal("8800")]]).figure["data"][0]
    assert (tile["value"], tile["number"]) == (8800, {"suffix": "", "valueformat": ",.0f"})


def test_a_number_is_written_in_full_where_the_chart_says_so() -> None:
    chart = {"type": "number", "format": {"style": "plain"}}
    plan = report(measures=[{"of": "sum", "field": "total"}], chart=chart)
    tile = shown(plan, [[Decimal("10005534")]]).figure["data"][0]
    assert (tile["value"], tile["number"]) == (10005534, {"suffix": "", "valueformat": ",.0f"})
    own = {"of": "sum", "field": "total", "format": {"style": "compact"}}
    tile = shown(report(measures=[own], chart=chart), [[Decimal("10005534")]]).figure["data"][0]
    assert tile["number"]["suffix"] == "万"
    assert shown(plan, [[None]]).figure["data"][0]["value"] is None


FUNNEL: dict[str, Any] = {"field": "stage", "steps": ["draft", "sent", "won"]}


def test_a_funnel_of_current_counts() -> None:
    plan = report(funnel={**FUNNEL, "count": "current"}, chart={"type": "funnel"})
    asked = query(plan)
    assert [(m.kind, m.when.text) for m in asked.measures if m.when] == [
        ("count", "stage = 'draft'"),
        ("count", "stage = 'sent'"),
        ("count", "stage = 'won'"),
    ]
    found = shown(plan, [[8, 4, 1]])
    assert labelled(found) == (
        ("草稿", "8", None, None),
        ("已发", "4", "0.5", "0.5"),
        ("赢单", "1", "0.25", "0.125"),
    )
    assert found.figure["data"][0]["x"] == [8, 4, 1]
    cells, conditions = drill(plan, {"step": 2})
    assert (cells, [formula.text for formula in conditions]) == ((), ["stage = 'sent'"])


def test_a_funnel_of_records_that_reached_a_step() -> None:
    plan = report(funnel={**FUNNEL, "count": "reached"})
    assert [(m.kind, m.path, m.values) for m in query(plan).measures] == [
        ("reached", ("stage",), ("draft", "sent", "won")),
        ("reached", ("stage",), ("sent", "won")),
        ("reached", ("stage",), ("won",)),
    ]
    found = shown(plan, [[3, 2, 1]])
    assert [row[1] for row in found.rows] == ["3", "2", "1"]
    assert found.cells == ({"step": 1}, {"step": 2}, {"step": 3})
    for cell in ({"step": 2}, {"step": "sent"}):
        assert drill(plan, cell) == ((Cell(("stage",), None, reached=("sent", "won")),), ())
    with pytest.raises(Problems, match="no_such_cell"):
        drill(plan, {"step": 4})


def test_a_funnel_with_a_condition_per_step() -> None:
    steps = [
        {"label": "全部", "when": "true"},
        {"label": "已发", "when": "stage != 'draft'"},
        {"label": "赢单", "when": "stage = 'won'"},
    ]
    plan = report(funnel={"steps": steps}, measures=[{"of": "sum", "field": "total"}])
    assert [m.kind for m in query(plan).measures] == ["sum", "sum", "sum"]
    assert [row[:2] for row in shown(plan, [[8800, 8300, 4238]]).rows] == [
        ("全部", "8800"),
        ("已发", "8300"),
        ("赢单", "4238"),
    ]
    assert drill(plan, {"step": "赢单"}) == drill(plan, {"step": 3})


def test_drilling_into_a_cell() -> None:
    plan = report(
        dimensions=[{"field": "stage"}, {"field": "due", "by": "quarter"}, {"field": "customer"}],
        where="total > 0",
        chart={"type": "table"},
    )
    cells, conditions = drill(plan, {"stage": None, "due_quarter": "2026-10-01", "customer": 7})
    assert cells == (
        Cell(("stage",), None, None),
        Cell(("due",), date(2026, 10, 1), "quarter"),
        Cell(("customer",), 7, None),
    )
    assert [formula.text for formula in conditions] == ["total > 0"]
    as_written = {"stage": None, "due_quarter": "2026 Q4", "customer": {"id": 7, "label": "甲"}}
    assert drill(plan, as_written)[0] == cells
    for bad in ({"nothing": 1}, {"due_quarter": "soon"}, {"customer": "x"}, {"stage": 5}):
        with pytest.raises(Problems):
            drill(plan, bad)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026", date(2026, 1, 1)), ("2026 Q1", date(2026, 1, 1)), ("2026 Q4", date(2026, 10, 1)),
        ("2026-11", date(2026, 11, 1)), ("2026-W01", date(2025, 12, 29)),
        ("2026-11-22", date(2026, 11, 22)), ("2026-13", None), ("2026-W54", None), ("0000", None),
        ("2026 Q5", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_buckets_are_read_as_rows_write_them(text: str, day: date | None) -> None:
    assert bucket_day(text) == day


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"dimensions": [{"field": "gone"}]}, ("/dimensions/0/field", "unknown_name")),
        (
            {"dimensions": [{"field": "stage", "by": "month"}]},
            ("/dimensions/0/by", "grain_needs_date"),
        ),
        ({"measures": [{"of": "sum", "field": "name"}]}, ("/measures/0/field", "not_measurable")),
        ({"measures": [{"of": "count"}, {"of": "count"}]}, ("/measures/1", "column_twice")),
        ({"sort": ["-gone"]}, ("/sort/0", "no_such_column")),
        ({"chart": {"type": "pie"}}, ("/dimensions", "chart_dimensions")),
        ({"chart": {"type": "funnel"}}, ("/chart/type", "chart_needs_steps")),
        (
            {"funnel": {"field": "stage", "steps": ["draft", "gone"]}},
            ("/funnel/steps/1", "no_such_option"),
        ),
        (
            {"funnel": {"field": "name", "steps": ["a", "b"]}},
            ("/funnel/field", "not_a_choice_field"),
        ),
        ({"where": "stage"}, ("/where", "wrong_result_type")),
        (
            {"measures": [{"of": "formula", "formula": "gone / 2"}]},
            ("/measures/0/formula", "unknown_name"),
        ),
    ],
)
def test_what_is_wrong_is_said(more: dict[str, Any], expected: tuple[str, str]) -> None:
    assert expected in codes(**more)


def test_the_schemas_accept_the_examples_of_the_design() -> None:
    Draft202012Validator(report_schema()).validate(
        body(
            dimensions=[{"field": "stage"}, {"field": "created_at", "by": "month"}],
            measures=[{"of": "count"}, {"of": "sum", "field": "amount"}],
            where="stage != 'lost'",
            sort=["-sum_amount"],
            limit=50,
            chart={"type": "bar", "stack": True},
        )
    )
    Draft202012Validator(schema("dashboard")).validate(
        {
            "kind": "dashboard",
            "key": "sales",
            "format": 1,
            "label": "销售看板",
            "filters": [{"field": "created_at"}],
            "refresh": 30,
            "widgets": [{"report": "pipeline", "at": [0, 0, 6, 4]}],
        }
    )
