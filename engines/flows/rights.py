"""Field rights of a node: what the people asked there see, edit, or must fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.reading import Reading
from engines.forms.options import option
from engines.problems import pointer

RIGHTS = ("edit", "require", "see", "hide")

RIGHTS_SCHEMA: dict[str, Any] = option(
    {
        "type": "object",
        "maxProperties": 400,
        "additionalProperties": {
            "enum": list(RIGHTS),
            "x-labels": {
                "edit": {"zh-Hans": "可编辑", "en": "Can edit"},
                "require": {"zh-Hans": "必填", "en": "Must fill in"},
                "see": {"zh-Hans": "可见", "en": "Can see"},
                "hide": {"zh-Hans": "隐藏", "en": "Hidden"},
            },
        },
    },
    "字段权限",
    "Field rights",
    order=60,
    group="more",
    widget="rights",
    help=(
        "审批时哪些字段可改、只读或隐藏；没有列出的字段只读",
        "Which fields can be changed, only seen, or are hidden here; others are read-only",
    ),
)


def check_rights(options: Mapping[str, Any], reading: Reading) -> None:
    """Problems for fields that do not exist or cannot be written."""
    for key, right in options.get("fields", {}).items():
        field = reading.form.by_key.get(key)
        at = pointer("fields", key)
        if field is None:
            reading.problem(at, "no_such_field", field=key)
        elif field.computed and right in ("edit", "require"):
            reading.problem(at, "field_is_computed", field=key)
