"""The JSON Schema of a report definition."""

from __future__ import annotations

from typing import Any

from engines.definitions.parts import frame, one_of
from engines.forms.options import FORMULA, KEY, closed, option
from engines.reports.charts import CHARTS
from engines.reports.grains import GRAINS
from engines.reports.measures import MEASURES
from engines.texts import TEXT_SCHEMA

MOST_DIMENSIONS = 4
MOST_MEASURES = 12
MOST_STEPS = 20

DIMENSION_SCHEMA: dict[str, Any] = closed(
    {
        "field": option(
            {"type": "string", "minLength": 1, "maxLength": 200},
            "字段",
            "Field",
            order=1,
            widget="field",
        ),
        "by": option(
            {"enum": list(GRAINS)},
            "按",
            "By",
            order=2,
            widget="choice",
            labels={grain.key: grain.label for grain in GRAINS.values()},
        ),
        "label": option(dict(TEXT_SCHEMA), "名称", "Label", order=3, widget="text"),
        "empty": option(
            {"type": "boolean", "default": True},
            "显示空值",
            "Show empty values",
            order=4,
            group="more",
            widget="boolean",
        ),
    },
    ("field",),
)

FUNNEL_SCHEMA: dict[str, Any] = closed(
    {
        "field": option(
            {"type": "string"}, "阶段字段", "Stage field", order=1, widget="field", types=["choice"]
        ),
        "steps": option(
            {
                "type": "array",
                "minItems": 2,
                "maxItems": MOST_STEPS,
                "items": {
                    "oneOf": [
                        {"type": "string", "maxLength": 40},
                        closed({"label": TEXT_SCHEMA, "when": FORMULA}, ("label", "when")),
                    ]
                },
            },
            "步骤",
            "Steps",
            order=2,
            widget="steps",
        ),
        "count": option(
            {"enum": ["current", "reached"], "default": "current"},
            "统计",
            "Count",
            order=3,
            widget="choice",
            labels={
                "current": {"zh-Hans": "现在处于该阶段", "en": "Records in the step now"},
                "reached": {"zh-Hans": "曾到达该阶段", "en": "Records that reached the step"},
            },
        ),
    },
    ("steps",),
)


def report_schema() -> dict[str, Any]:
    """A whole report definition; closed."""
    measures = one_of({kind.key: kind.options_schema for kind in MEASURES}, by="of")
    charts = one_of({kind.key: kind.options_schema for kind in CHARTS})
    return frame(
        "report",
        {
            "form": option(KEY, "表单", "Form", order=1, widget="form"),
            "dimensions": option(
                {"type": "array", "maxItems": MOST_DIMENSIONS, "items": DIMENSION_SCHEMA},
                "维度",
                "Dimensions",
                order=2,
                widget="dimensions",
            ),
            "measures": option(
                {
                    "type": "array",
                    "maxItems": MOST_MEASURES,
                    "items": measures,
                },
                "指标",
                "Measures",
                order=3,
                widget="measures",
            ),
            "funnel": option(FUNNEL_SCHEMA, "漏斗", "Funnel", order=4),
            "where": option(FORMULA, "筛选", "Filter", order=5, widget="condition"),
            "sort": option(
                {"type": "array", "maxItems": 4, "items": {"type": "string", "maxLength": 120}},
                "排序",
                "Sort",
                order=6,
                widget="sort",
            ),
            "limit": option(
                {"type": "integer", "minimum": 1, "maximum": 1000},
                "最多显示",
                "Show at most",
                order=7,
                widget="number",
            ),
            "others": option(
                {"type": "boolean", "default": False},
                "其余合并为“其他”",
                "Sum up the rest as “others”",
                order=8,
                widget="boolean",
            ),
            "scope": option(
                {"enum": ["mine", "all"], "default": "mine"},
                "数据范围",
                "Whose records",
                order=9,
                group="more",
                widget="choice",
                labels={
                    "mine": {"zh-Hans": "查看者可见的记录", "en": "Those the viewer may see"},
                    "all": {"zh-Hans": "全部记录（仅汇总数字）", "en": "All (totals only)"},
                },
            ),
            "chart": option(
                charts,
                "图表",
                "Chart",
                order=10,
            ),
        },
        ("label", "form"),
    )
