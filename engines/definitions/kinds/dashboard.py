"""Dashboards: reports on a grid of twelve columns."""

from __future__ import annotations

from engines.definitions.parts import KEY, TEXT, Schema, closed, drawn, frame, many
from engines.problems import Problem, pointer, problem

COLUMNS = 12


def dashboard_schema() -> Schema:
    """The schema of a dashboard."""
    place = {"type": "integer", "minimum": 0, "maximum": 1000}
    widget = closed(
        {
            "report": drawn(KEY, "报表", "Report", 1),
            "label": drawn(TEXT, "名称", "Name", 2, widget="text"),
            "at": {"type": "array", "minItems": 4, "maxItems": 4, "items": place},
        },
        ("report", "at"),
    )
    chosen = closed(
        {
            "field": drawn({"type": "string", "maxLength": 90}, "字段", "Field", 1),
            "label": drawn(TEXT, "名称", "Name", 2, widget="text"),
            "form": drawn(KEY, "表单", "Form", 3, widget="form"),
            "default": drawn({"type": "string", "maxLength": 200}, "默认值", "Default", 4),
        },
        ("field",),
    )
    seconds = {"type": "integer", "minimum": 0, "maximum": 86400}
    return frame(
        "dashboard",
        {
            "filters": drawn(many(chosen, 20), "筛选", "Filters", 4),
            "refresh": drawn(seconds, "自动刷新（秒）", "Refresh (seconds)", 5, widget="number"),
            "widgets": many(widget, 60),
        },
        ("label", "widgets"),
    )


def dashboard_problems(body: Schema) -> list[Problem]:
    """Widgets without a size, or beyond the twelve columns."""
    found = []
    for index, widget in enumerate(body["widgets"]):
        x, _, width, height = widget["at"]
        if width < 1 or height < 1 or x + width > COLUMNS:
            found.append(
                problem(pointer("widgets", index, "at"), "not_on_the_grid", columns=COLUMNS)
            )
    return found
