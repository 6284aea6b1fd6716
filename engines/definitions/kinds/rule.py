"""Rules, as far as triggers and actions do not have a say."""

from __future__ import annotations

from engines.definitions.parts import FORMULA, KEY, Schema, drawn, frame, many


def rule_schema(trigger: Schema | None = None, action: Schema | None = None) -> Schema:
    """The schema of a rule; ``trigger`` and ``action`` come from their registries."""
    event: Schema = {
        "type": "object",
        "required": ["event"],
        "properties": {"event": {"type": "string"}},
    }
    deed: Schema = {
        "type": "object",
        "required": ["action"],
        "properties": {"action": {"type": "string"}},
    }
    return frame(
        "rule",
        {
            "form": drawn(KEY, "表单", "Form", 4, widget="form"),
            "on": trigger or event,
            "phase": drawn({"enum": ["before", "after"], "default": "after"}, "时机", "Phase", 6),
            "when": drawn(FORMULA, "条件", "Condition", 7, widget="condition"),
            "do": many(action or deed, 50),
            "disabled": drawn({"type": "boolean"}, "停用", "Switched off", 9),
            "order": drawn({"type": "integer", "minimum": 0, "maximum": 9999}, "次序", "Order", 10),
        },
        ("label", "form", "on", "do"),
    )
