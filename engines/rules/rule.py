"""The JSON Schema of a rule definition, drawn together from triggers and actions."""

from __future__ import annotations

from typing import Any

from engines.actions.do import do_schema
from engines.forms.options import FORMULA, KEY, closed, option
from engines.rules.triggers import TRIGGERS
from engines.texts import TEXT_SCHEMA

CHAIN_LIMIT = 16
"""A rule set off by a rule set off by a rule …: the runtime stops there, visibly."""


def on_schema() -> dict[str, Any]:
    """The trigger: its options and its ``event``."""
    return {
        "oneOf": [
            {
                **kind.options_schema,
                "properties": {"event": {"const": kind.key}, **kind.options_schema["properties"]},
                "required": ["event", *kind.options_schema.get("required", [])],
            }
            for kind in TRIGGERS
        ]
    }


def rule_schema() -> dict[str, Any]:
    """A whole rule definition; closed."""
    return closed(
        {
            "kind": {"const": "rule"},
            "key": KEY,
            "format": {"type": "integer"},
            "label": TEXT_SCHEMA,
            "form": option(KEY, "表单", "Form", order=1, widget="form"),
            "active": option(
                {"type": "boolean", "default": True}, "启用", "Active", order=2, widget="boolean"
            ),
            "on": option(on_schema(), "何时", "When", order=3, widget="trigger"),
            "phase": option(
                {"enum": ["before", "after"], "default": "after"},
                "时机",
                "Moment",
                order=4,
                group="more",
                widget="choice",
                labels={
                    "before": {"zh-Hans": "保存之前", "en": "Before saving"},
                    "after": {"zh-Hans": "保存之后", "en": "After saving"},
                },
            ),
            "when": option(FORMULA, "条件", "Condition", order=5, widget="condition"),
            "do": option(do_schema(), "要做的事", "What to do", order=6, widget="actions"),
        },
        ("kind", "key", "format", "label", "form", "on", "do"),
    )
