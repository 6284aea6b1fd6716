"""The columns that every record has, as fields: for views, filters and formulas."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from engines.forms.field import FieldPlan
from engines.forms.field_type import Column, field_types, load_field_types
from engines.formulas.types import MOMENT, NUMBER, PERSON, TEXT, Type
from engines.texts import Text

SYSTEM_TYPES: Mapping[str, Type] = {
    "id": NUMBER,
    "version": NUMBER,
    "created_at": MOMENT,
    "created_by": PERSON,
    "updated_at": MOMENT,
    "updated_by": PERSON,
    "flow_state": TEXT,
}
"""What formulas may read. ``deleted_at``, ``release`` and ``grams`` are nobody's business."""

_Reference = Literal["person"] | None

_COLUMNS: Mapping[str, tuple[str, str, _Reference, Text]] = {
    "id": ("number", "bigint", None, {"zh-Hans": "记录号", "en": "ID"}),
    "version": ("number", "integer", None, {"zh-Hans": "版本", "en": "Version"}),
    "created_at": ("moment", "timestamptz", None, {"zh-Hans": "创建时间", "en": "Created"}),
    "created_by": ("person", "bigint", "person", {"zh-Hans": "创建人", "en": "Created by"}),
    "updated_at": ("moment", "timestamptz", None, {"zh-Hans": "更新时间", "en": "Updated"}),
    "updated_by": ("person", "bigint", "person", {"zh-Hans": "更新人", "en": "Updated by"}),
    "flow_state": ("text", "text", None, {"zh-Hans": "流程状态", "en": "Flow state"}),
}

SYSTEM_COLUMNS = (*SYSTEM_TYPES, "deleted_at", "release", "grams")
"""Reserved as keys of fields."""


@cache
def system_fields(zone: str) -> Mapping[str, FieldPlan]:
    """The system columns as field plans, moments shown in ``zone``."""
    load_field_types()
    return {
        key: FieldPlan(
            key=key,
            type=field_types[type_key],
            options={"zone": zone} if type_key == "moment" else {},
            label=label,
            hint=None,
            help=None,
            required=False,
            unique=False,
            read_only=True,
            default=None,
            formula=None,
            lookup=None,
            column=Column(sql_type, references),
            value_type=SYSTEM_TYPES[key],
        )
        for key, (type_key, sql_type, references, label) in _COLUMNS.items()
    }
