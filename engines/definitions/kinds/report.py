"""Reports, as far as measures and charts do not have a say."""

from __future__ import annotations

from engines.definitions.parts import FORMULA, KEY, TEXT, Schema, closed, drawn, frame, many

GRAINS = ("year", "quarter", "month", "week", "day", "hour")


def report_schema(measure: Schema | None = None, chart: Schema | None = None) -> Schema:
    """The schema of a report; ``measure`` and ``chart`` come from their registries."""
    path = {"type": "string", "maxLength": 120}
    dimension = closed(
        {
            "field": drawn(path, "字段", "Field", 1, widget="field"),
            "by": drawn({"enum": list(GRAINS)}, "按", "By", 2),
            "label": TEXT,
        },
        ("field",),
    )
    counted = closed(
        {
            "of": {"type": "string", "maxLength": 40},
            "field": drawn(path, "字段", "Field", 2, widget="field"),
            "where": drawn(FORMULA, "条件", "Condition", 3, widget="condition"),
            "label": TEXT,
        },
        ("of",),
    )
    drawing: Schema = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string"}},
    }
    step = {
        "oneOf": [
            {"type": "string", "maxLength": 80},
            closed(
                {"label": TEXT, "when": {**FORMULA, "x-widget": "condition"}}, ("label", "when")
            ),
        ]
    }
    funnel = closed(
        {
            "field": drawn(path, "阶段字段", "Stage", 1, widget="field", types=["choice"]),
            "steps": many(step, 30),
            "count": {"enum": ["current", "reached"]},
        },
        ("steps",),
    )
    return frame(
        "report",
        {
            "form": drawn(KEY, "表单", "Form", 4, widget="form"),
            "dimensions": many(dimension, 4),
            "measures": many(measure or counted, 10),
            "funnel": funnel,
            "where": drawn(FORMULA, "筛选", "Filter", 8, widget="condition"),
            "sort": many({"type": "string", "maxLength": 130}, 10),
            "limit": {"type": "integer", "minimum": 1, "maximum": 10_000},
            "chart": chart or drawing,
        },
        ("label", "form"),
    )
