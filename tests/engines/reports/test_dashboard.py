"""Dashboards: reports and filters are checked; a filter concerns the forms that have its field."""

from __future__ import annotations

from typing import Any

import pytest

from engines.problems import Problems
from engines.reports.compile import compile_report
from engines.reports.dashboard import DashboardPlan, compile_dashboard
from tests.support.definitions import compiled


def dashboard(**more: Any) -> DashboardPlan:
    forms = compiled()
    reports = {
        key: compile_report(
            {"kind": "report", "key": key, "format": 1, "label": key, "form": form}, forms
        )
        for key, form in (("quotes", "quote"), ("customers", "customer"))
    }
    body = {
        "kind": "dashboard",
        "key": "sales",
        "format": 1,
        "label": "看板",
        "widgets": [{"report": "quotes", "at": [0, 0, 6, 4]}],
        **more,
    }
    return compile_dashboard(body, reports, forms)


def test_filters_concern_the_forms_that_have_the_field() -> None:
    both = [{"report": key, "at": [0, 0, 6, 4]} for key in ("quotes", "customers")]
    plan = dashboard(
        widgets=both,
        filters=[{"field": "owner"}, {"field": "created_at"}, {"field": "customer.level"}],
    )
    assert [sorted(each.fields) for each in plan.filters] == [
        ["customer", "quote"],
        ["customer", "quote"],
        ["quote"],
    ]
    assert plan.filters[0].label == "负责人"
    assert plan.widgets[1].at == (0, 0, 6, 4)


def test_what_is_wrong_is_said() -> None:
    with pytest.raises(Problems) as caught:
        dashboard(widgets=[{"report": "gone", "at": [0, 0, 1, 1]}], filters=[{"field": "nothing"}])
    assert [(each.path, each.code) for each in caught.value.problems] == [
        ("/widgets/0/report", "no_such_report"),
        ("/filters/0/field", "no_such_field"),
    ]
    plan = dashboard(filters=[{"field": "level"}])
    assert [each.code for each in plan.warnings] == ["filter_without_report"]
