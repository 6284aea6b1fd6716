"""Reports, funnels, drilling down, dashboards."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.acceptance.conftest import App, Designing
from tests.acceptance.definitions import form

DEAL = form(
    "deal",
    {
        "name": {"type": "text", "label": "Name"},
        "stage": {
            "type": "choice",
            "label": "Stage",
            "options": [
                {"value": each, "label": each.title()}
                for each in ("prospecting", "engaging", "won", "lost")
            ],
        },
        "amount": {"type": "money", "label": "Amount"},
        "day": {"type": "date", "label": "Day"},
        "at": {"type": "moment", "label": "At"},
        "owner": {"type": "person", "label": "Owner"},
    },
)


def report(key: str, **body: Any) -> Any:
    return {"kind": "report", "key": key, "format": 1, "label": key, "form": "deal", **body}


COUNT = [{"of": "count"}]


@pytest.fixture(scope="module")
def desk(designed: Designing) -> App:
    app = designed(
        DEAL,
        report(
            "by_stage",
            dimensions=[{"field": "stage"}],
            measures=[*COUNT, {"of": "sum", "field": "amount"}],
            chart={"type": "bar"},
        ),
        report(
            "total",
            dimensions=[],
            measures=[{"of": "sum", "field": "amount"}],
            chart={"type": "number"},
        ),
        *(
            report(
                f"by_{grain}",
                dimensions=[{"field": "day", "by": grain}],
                measures=COUNT,
                chart={"type": "table"},
            )
            for grain in ("day", "week", "month", "quarter", "year")
        ),
        report(
            "by_moment",
            dimensions=[{"field": "at", "by": "day"}],
            measures=COUNT,
            chart={"type": "table"},
        ),
        report(
            "pivot",
            dimensions=[{"field": "stage"}, {"field": "day", "by": "year"}],
            measures=COUNT,
            chart={"type": "bar", "stack": True},
        ),
        report(
            "current",
            funnel={
                "field": "stage",
                "steps": ["prospecting", "engaging", "won"],
                "count": "current",
            },
            chart={"type": "funnel"},
        ),
        report(
            "reached",
            funnel={
                "field": "stage",
                "steps": ["prospecting", "engaging", "won"],
                "count": "reached",
            },
            chart={"type": "funnel"},
        ),
        report(
            "steps",
            funnel={
                "steps": [
                    {"label": "All", "when": "amount >= 0 or ISEMPTY(amount)"},
                    {"label": "Big", "when": "amount > 15"},
                ],
                "count": "current",
            },
            chart={"type": "funnel"},
        ),
        {
            "kind": "dashboard",
            "key": "board",
            "format": 1,
            "label": "Board",
            "filters": [{"field": "day"}],
            "widgets": [{"report": "by_stage", "at": [0, 0, 6, 4]}],
        },
    )
    rows = [
        ("prospecting", "10.10", "2024-01-31", "2024-01-31T23:30:00+08:00"),
        ("prospecting", None, "2024-02-01", "2024-02-01T00:30:00+08:00"),
        ("engaging", "20.20", "2024-03-31", None),
        ("won", "30.30", "2024-04-01", None),
        ("lost", "5", "2025-01-01", None),
    ]
    for stage, amount, day, moment in rows:
        app.create("deal", name="x", stage=stage, amount=amount, day=day, at=moment)
    moved = app.create("deal", name="moved", stage="prospecting", day="2024-12-30")
    at = f"{app.records('deal')}/{moved['id']}"
    app.admin.patch(at, {"version": 1, "stage": "engaging"})
    app.admin.patch(at, {"version": 2, "stage": "lost"})
    return app


def rows(desk: App, key: str, **query: Any) -> list[list[Any]]:
    found = desk.admin.get(f"{desk.at}/reports/{key}", **query)
    assert {"columns", "rows", "figure"} <= set(found)
    assert all(isinstance(row, list) and len(row) == len(found["columns"]) for row in found["rows"])
    return list(found["rows"])


def counts(desk: App, key: str, **query: Any) -> dict[str, int]:
    return {str(row[0]).lower(): int(row[1]) for row in rows(desk, key, **query)}


def test_count_and_sum(desk: App) -> None:
    found = {str(row[0]).lower(): row[1:] for row in rows(desk, "by_stage")}
    assert {key: int(row[0]) for key, row in found.items()} == {
        "prospecting": 2, "engaging": 1, "won": 1, "lost": 2,
    }  # fmt: skip
    assert float(found["prospecting"][1]) == 10.1 and isinstance(found["prospecting"][1], str)
    assert float(rows(desk, "total")[0][0]) == 65.6


def test_grains(desk: App) -> None:
    assert len(rows(desk, "by_day")) == 6
    assert [int(row[1]) for row in rows(desk, "by_month")] == [1, 1, 1, 1, 1, 1]
    assert counts(desk, "by_quarter") == counts(desk, "by_quarter")
    assert sorted(counts(desk, "by_quarter").values()) == [1, 1, 1, 3]
    assert sorted(counts(desk, "by_year").values()) == [1, 5]
    # 2024-12-30 and 2025-01-01 lie in one week.
    assert sorted(counts(desk, "by_week").values()) == [1, 1, 2, 2] or sorted(
        counts(desk, "by_week").values()
    ) == [1, 1, 1, 1, 2]


def test_days_begin_in_the_zone_of_the_application(desk: App) -> None:
    found = {str(row[0])[:10]: int(row[1]) for row in rows(desk, "by_moment") if row[0]}
    assert {"2024-01-31": 1, "2024-02-01": 1}.items() <= found.items()


def test_the_funnel_now_and_ever_reached(desk: App) -> None:
    assert list(counts(desk, "current").values()) == [2, 1, 1]
    # Prospecting: two now, and the one that moved on; won and engaging ones began there or later.
    reached = list(counts(desk, "reached").values())
    assert reached[-1] == 1 and reached[1] >= 3 and reached[0] >= 3
    assert reached == sorted(reached, reverse=True)


def test_a_funnel_of_conditions(desk: App) -> None:
    assert list(counts(desk, "steps").values()) == [6, 2]


def test_filters(desk: App) -> None:
    assert counts(desk, "by_stage", filter="amount > 15") == {"engaging": 1, "won": 1}
    for wrong in ("nothing = 1", "amount >", "1; DROP TABLE x", "().__class__"):
        answer = desk.admin.call("GET", f"{desk.at}/reports/by_stage", query={"filter": wrong})
        assert answer.status in (400, 422), wrong


def test_drilling_to_the_records(desk: App) -> None:
    listed = desk.admin.get(
        f"{desk.at}/reports/by_stage/records", cell=json.dumps({"stage": "won"})
    )
    assert [each["stage"] for each in listed["records"]] == ["won"]
    assert {"records", "next", "count"} <= set(listed)
    found = desk.admin.get(f"{desk.at}/reports/pivot")
    total = 0
    for cell in found["cells"]:
        total += len(
            desk.admin.get(f"{desk.at}/reports/pivot/records", cell=json.dumps(cell))["records"]
        )
    assert total == 6
    for wrong in (
        "x",
        "[]",
        '{"nothing": 1}',
        '{"stage": ["x"]}',
        '{"stage": {"a": 1}}',
        "{",
        '{"stage": NaN}',
    ):
        answer = desk.admin.call(
            "GET", f"{desk.at}/reports/by_stage/records", query={"cell": wrong}
        )
        assert answer.status in (400, 422) or answer.json["records"] == [], wrong


def test_preview(desk: App) -> None:
    body = report("p", dimensions=[{"field": "stage"}], measures=COUNT, chart={"type": "bar"})
    found = desk.admin.post(f"{desk.at}/reports/preview", {"report": body})
    assert sum(int(row[1]) for row in found["rows"]) == 6


WRONG: list[Any] = [
    {},
    [],
    {"report": 5},
    {"report": report("p", dimensions=[{"field": "nothing"}], measures=COUNT)},
    {"report": report("p", dimensions=[{"field": "day", "by": "fortnight; DROP"}], measures=COUNT)},
    {"report": report("p", dimensions=[{"field": "stage", "by": "month"}], measures=COUNT)},
    {"report": report("p", dimensions=[], measures=[{"of": "explode"}])},
    {"report": report("p", dimensions=[], measures=[{"of": "sum", "field": "name"}])},
    {"report": report("p", dimensions=[], measures=COUNT, sort=["-sum; DROP"])},
    {"report": report("p", dimensions=[], measures=COUNT, limit=10**9)},
    {"report": report("p", dimensions=[], measures=COUNT, limit=-1)},
    {"report": report("p", dimensions=[], measures=COUNT, chart={"type": "hologram"})},
    {"report": report("p", dimensions=[], measures=COUNT, where="nothing")},
    {"report": report("p", funnel={"field": "stage", "steps": ["nowhere"], "count": "current"})},
    {"report": report("p", funnel={"field": "stage", "steps": ["won"], "count": "never"})},
    {"report": {**report("p", dimensions=[], measures=COUNT), "form": "nothing"}},
    {"report": {**report("p", dimensions=[], measures=COUNT), "surprise": 1}},
]


@pytest.mark.parametrize("body", WRONG)
def test_previews_of_nonsense(desk: App, body: Any) -> None:
    answer = desk.admin.call("POST", f"{desk.at}/reports/preview", body)
    assert answer.status in (400, 404, 422), (answer.status, answer.content[:300])
    assert answer.json["problems"][0]["code"]


def test_the_dashboard(desk: App) -> None:
    found = desk.admin.get(f"{desk.at}/dashboards/board")
    assert found["filters"][0]["field"] == "day" and found["widgets"][0]["report"] == "by_stage"
