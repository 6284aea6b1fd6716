"""A field of a form: the properties that every type shares, and its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engines.forms.field_type import Column, FieldType, FieldValue
from engines.forms.options import FORMULA, closed, option
from engines.formulas.compile import Formula
from engines.formulas.types import Type
from engines.texts import TEXT_SCHEMA, Text
from engines.values import JsonValue

COMMON_SCHEMA: dict[str, Any] = closed(
    {
        "label": option(TEXT_SCHEMA, "名称", "Label", order=1, widget="text"),
        "hint": option(
            TEXT_SCHEMA,
            "输入提示",
            "Placeholder",
            order=2,
            group="more",
            widget="text",
            help=("未填写时显示在输入框里的灰色文字", "Grey text inside the empty input"),
        ),
        "help": option(
            TEXT_SCHEMA,
            "说明",
            "Help text",
            order=3,
            group="more",
            widget="long_text",
            help=("显示在字段下方，告诉大家怎么填", "Shown below the field: how to fill it in"),
        ),
        "required": option(
            {"type": "boolean"}, "必填", "Required", order=1, group="rules", widget="boolean"
        ),
        "unique": option(
            {"type": "boolean"},
            "不允许重复",
            "No duplicates",
            order=2,
            group="rules",
            widget="boolean",
            help=(
                "两条记录不能有相同的值；留空不算重复",
                "No two records may share a value; empty ones do not count",
            ),
        ),
        "read_only": option(
            {"type": "boolean"},
            "只读",
            "Read-only",
            order=3,
            group="rules",
            widget="boolean",
            help=(
                "只能由默认值、规则和流程写入",
                "Only defaults, rules and flows write it",
            ),
        ),
        "default": option(
            FORMULA,
            "默认值",
            "Default value",
            order=4,
            group="rules",
            widget="formula",
            help=(
                "新建时自动填入。固定文字请加引号，例如 '新客户'",
                "Filled in for new records. Put fixed text in quotes, such as 'new'",
            ),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """A compiled field.

    ``stored`` fields have a column; ``computed`` ones are never written by people. ``lookup`` is
    the path of a lookup with every lookup on the way resolved; ``depends`` names the own fields a
    formula or lookup reads.
    """

    key: str
    type: FieldType
    options: Mapping[str, Any]
    label: Text
    hint: Text | None
    help: Text | None
    required: bool
    unique: bool
    read_only: bool
    default: Formula | None
    formula: Formula | None
    lookup: tuple[str, ...] | None
    column: Column | None
    value_type: Type

    @property
    def computed(self) -> bool:
        """True when nobody writes it: formulas, lookups, serial numbers."""
        return self.type.computed

    @property
    def stored(self) -> bool:
        """True when the record's own row keeps the value."""
        return self.column is not None

    @property
    def live(self) -> bool:
        """True when the value is worked out each time it is read."""
        return self.column is None

    @property
    def target(self) -> str | None:
        """The form whose records a link points to."""
        return self.column.form if self.column is not None else None

    def parse(self, value: JsonValue) -> FieldValue:
        """JSON → typed value; raises InvalidValue."""
        return self.type.parse(value, self.options)

    def present(self, value: FieldValue) -> JsonValue:
        """Typed value → JSON; the reverse of parse. Empty is null in every type."""
        return None if value is None else self.type.present(value, self.options)

    def to_text(self, value: object, language: str) -> str:
        """The value as people read it."""
        return self.type.to_text(value, self.options, language)
