"""The JSON Schema of report and dashboard definitions."""

from __future__ import annotations

from typing import Any

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


def _kinds(kinds: Any, word: str) -> dict[str, Any]:
    return {
        "oneOf": [
            {
                **kind.options_schema,
                "properties": {word: {"const": kind.key}, **kind.options_schema["properties"]},
                "required": [word, *kind.options_schema.get("required", [])],
            }
            for kind in kinds
        ]
    }


def report_schema() -> dict[str, Any]:
    """A whole report definition; closed."""
    return closed(
        {
            "kind": {"const": "report"},
            "key": KEY,
            "format": {"type": "integer"},
            "label": TEXT_SCHEMA,
            "form": option(KEY, "表单", "Form", order=1, widget="form"),
            "dimensions": option(
                {"type": "array", "maxItems": MOST_DIMENSIONS, "items": DIMENSION_SCHEMA},
                "维度",
                "Dimensions",
                order=2,
                widget="dimensions",
            ),
            "measures": option(
                {"type": "array", "maxItems": MOST_MEASURES, "items": _kinds(MEASURES, "of")},
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
            "chart": option(_kinds(CHARTS, "type"), "图表", "Chart", order=10),
        },
        ("kind", "key", "format", "label", "form"),
    )


def dashboard_schema() -> dict[str, Any]:
    """A whole dashboard definition; 12 columns, ``at`` is [x, y, width, height]."""
    return closed(
        {
            "kind": {"const": "dashboard"},
            "key": KEY,
            "format": {"type": "integer"},
            "label": TEXT_SCHEMA,
            "filters": option(
                {
                    "type": "array",
                    "maxItems": 12,
                    "items": closed(
                        {
                            "field": {"type": "string", "minLength": 1, "maxLength": 200},
                            "label": TEXT_SCHEMA,
                            "default": FORMULA,
                        },
                        ("field",),
                    ),
                },
                "筛选",
                "Filters",
                order=1,
                widget="filters",
            ),
            "refresh": option(
                {"type": "integer", "minimum": 0, "maximum": 3600, "default": 30},
                "自动刷新（秒）",
                "Refresh every (seconds)",
                order=2,
                widget="number",
            ),
            "widgets": {
                "type": "array",
                "maxItems": 60,
                "items": closed(
                    {
                        "report": KEY,
                        "label": TEXT_SCHEMA,
                        "at": {
                            "type": "array",
                            "prefixItems": [
                                {"type": "integer", "minimum": 0, "maximum": 11},
                                {"type": "integer", "minimum": 0, "maximum": 1000},
                                {"type": "integer", "minimum": 1, "maximum": 12},
                                {"type": "integer", "minimum": 1, "maximum": 60},
                            ],
                            "items": False,
                            "minItems": 4,
                        },
                    },
                    ("report", "at"),
                ),
            },
        },
        ("kind", "key", "format", "label", "widgets"),
    )
