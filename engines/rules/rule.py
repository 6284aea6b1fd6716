"""The JSON Schema of a rule definition, drawn together from triggers and actions."""

from __future__ import annotations

from typing import Any

from engines.actions.do import do_schema
from engines.definitions.parts import frame, one_of
from engines.forms.options import FORMULA, KEY, option
from engines.rules.triggers import TRIGGERS

CHAIN_LIMIT = 16
"""A rule set off by a rule set off by a rule …: the runtime stops there, visibly."""


def on_schema() -> dict[str, Any]:
    """The trigger: its options and its ``event``."""
    return one_of({kind.key: kind.options_schema for kind in TRIGGERS}, by="event")


def rule_schema() -> dict[str, Any]:
    """A whole rule definition; closed."""
    return frame(
        "rule",
        {
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
        ("label", "form", "on", "do"),
    )
