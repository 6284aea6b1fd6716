"""Forms: fields, layout, behaviour, checks, views, page, public link."""

from __future__ import annotations

from engines.definitions.keys import key_problem
from engines.definitions.parts import (
    FORMULA,
    KEY,
    MOST_FIELDS,
    TEXT,
    Schema,
    closed,
    drawn,
    field_keys,
    frame,
    keyed,
    many,
    one_of,
)
from engines.problems import Problem, pointer

_CONDITION = {**FORMULA, "x-widget": "condition"}
_ROWS = many({**many({"type": "string", "maxLength": 90}, 12), "x-widget": "fields"}, MOST_FIELDS)


def form_schema(field: Schema | None = None) -> Schema:
    """The schema of a form; ``field`` is that of one field, from the registry of field types."""
    anything: Schema = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string"}},
    }
    return frame(
        "form",
        {
            "title": drawn(
                {"type": "string", "maxLength": 200}, "标题", "Title", 4, widget="template"
            ),
            "fields": keyed(field or anything, MOST_FIELDS),
            "layout": many(_layout()),
            "behaviour": many(_behaviour()),
            "checks": many(_check()),
            "unique": many(
                {**field_keys("不允许重复", "No duplicates", 1, group="rules"), "minItems": 1}, 20
            ),
            "views": keyed(_view(), 100),
            "page": _page(),
            "public": _public(),
        },
        ("label", "fields"),
    )


def _layout() -> Schema:
    tab = closed({"label": TEXT, "rows": _ROWS}, ("rows",))
    return {
        "oneOf": [
            closed({"tabs": many(tab, 30)}, ("tabs",)),
            closed(
                {"section": TEXT, "help": TEXT, "collapsed": {"type": "boolean"}, "rows": _ROWS},
                ("rows",),
            ),
        ]
    }


def _behaviour() -> Schema:
    return closed(
        {
            "when": drawn(_CONDITION, "当", "When", 1, widget="condition"),
            "show": field_keys("显示", "Show", 2),
            "hide": field_keys("隐藏", "Hide", 3),
            "require": field_keys("必填", "Require", 4),
            "read_only": field_keys("只读", "Read-only", 5),
        },
        ("when",),
    )


def _check() -> Schema:
    return closed(
        {
            "that": drawn(_CONDITION, "须满足", "Must hold", 1, widget="condition"),
            "message": drawn(TEXT, "提示", "Message", 2, widget="text"),
            "at": drawn({"type": "string", "maxLength": 90}, "位置", "At", 3, widget="field"),
        },
        ("that", "message"),
    )


def _view() -> Schema:
    shared = closed(
        {
            "label": drawn(TEXT, "名称", "Name", 1, widget="text"),
            "icon": {"type": "string", "maxLength": 40, "x-widget": "icon"},
            "where": drawn(FORMULA, "筛选", "Filter", 4, widget="condition"),
            "sort": field_keys("排序", "Sort", 5),
            "filters": field_keys("快速筛选", "Quick filters", 6),
        }
    )
    field = {"type": "string", "maxLength": 90}
    return one_of(
        {
            "table": closed(
                {
                    "columns": field_keys("列", "Columns", 2),
                    "group": drawn(field, "分组", "Group by", 7, widget="field", group="more"),
                    "totals": field_keys("合计", "Totals", 8, group="more"),
                    "density": drawn(
                        {"enum": ["compact", "comfortable"], "default": "compact"},
                        "行高",
                        "Row height",
                        9,
                        group="more",
                        labels={
                            "compact": {"zh-Hans": "紧凑", "en": "Compact"},
                            "comfortable": {"zh-Hans": "宽松", "en": "Comfortable"},
                        },
                    ),
                }
            ),
            "kanban": closed(
                {
                    "by": drawn(
                        field, "看板列", "Columns from", 2, widget="field", types=["choice"]
                    ),
                    "card": field_keys("卡片内容", "On the card", 3),
                    "total": drawn(field, "列合计", "Total of a column", 7, widget="field"),
                    "color": drawn(field, "颜色", "Colour from", 8, widget="field"),
                },
                ("by",),
            ),
        },
        common=shared,
    )


def _page() -> Schema:
    related = closed(
        {
            "form": drawn(KEY, "表单", "Form", 1, widget="form"),
            "link": drawn(KEY, "关联字段", "Link", 2, widget="field", of="form"),
            "label": drawn(TEXT, "名称", "Name", 3, widget="text"),
            "columns": field_keys("列", "Columns", 4, of="form"),
        },
        ("form", "link"),
    )
    return closed(
        {
            "header": field_keys("页头字段", "Facts", 1),
            "related": drawn(many(related, 30), "相关记录", "Related records", 2),
            "timeline": drawn({"type": "boolean", "default": True}, "时间线", "Timeline", 3),
            "comments": drawn({"type": "boolean", "default": True}, "评论", "Comments", 4),
        }
    )


def _public() -> Schema:
    number = {"type": "integer", "minimum": 1, "maximum": 1_000_000}
    moment = {"type": "string", "maxLength": 30}
    return closed(
        {
            "fields": field_keys("公开字段", "Fields to fill in", 1),
            "title": drawn(TEXT, "标题", "Title", 2, widget="text"),
            "text": drawn(TEXT, "说明", "Text", 3, widget="long_text"),
            "button": drawn(TEXT, "按钮", "Button", 4, widget="text"),
            "thanks": drawn(TEXT, "提交后", "After sending", 5, widget="long_text"),
            "opens_at": drawn(moment, "开始时间", "Opens", 6, group="more", widget="moment"),
            "closes_at": drawn(moment, "结束时间", "Closes", 7, group="more", widget="moment"),
            "most": drawn(number, "最多份数", "Most records", 8, group="more"),
            "closed": drawn({"type": "boolean"}, "暂停收集", "Closed", 9, group="more"),
        },
        ("fields",),
    )


def form_problems(body: Schema) -> list[Problem]:
    """Field keys that are reserved; those of sub-tables too."""
    found: list[Problem] = []

    def look(fields: object, path: tuple[str, ...]) -> None:
        if not isinstance(fields, dict):
            return
        for key, field in fields.items():
            here = (*path, key)
            if problem := key_problem(key, pointer(*here), field=True):
                found.append(problem)
            if isinstance(field, dict):
                look(field.get("fields"), (*here, "fields"))

    look(body.get("fields"), ("fields",))
    return found
