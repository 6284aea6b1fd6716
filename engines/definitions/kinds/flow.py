"""Flows, as far as nodes do not have a say: form, start, nodes, edges, picture."""

from __future__ import annotations

from engines.definitions.parts import FORMULA, KEY, TEXT, Schema, closed, drawn, frame, keyed, many

PICTURE: Schema = {
    "type": "object",
    "maxProperties": 200,
    "propertyNames": KEY,
    "additionalProperties": {
        "type": "array",
        "minItems": 2,
        "maxItems": 2,
        "items": {"type": "number"},
    },
}
"""Where a designer shows each node; without a meaning for the flow."""


def flow_schema(node: Schema | None = None) -> Schema:
    """The schema of a flow; ``node`` is that of one node, from the registry of nodes."""
    anything: Schema = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"type": "string"}},
    }
    edge = closed(
        {
            "from": KEY,
            "to": KEY,
            "on": {"type": "string", "maxLength": 40},
            "when": drawn(FORMULA, "条件", "Condition", 1, widget="condition"),
            "default": {"type": "boolean"},
            "label": TEXT,
        },
        ("from", "to"),
    )
    start = closed(
        {
            "event": {"enum": ["created", "updated", "manual"]},
            "fields": {**many({"type": "string", "maxLength": 90}), "x-widget": "fields"},
            "when": drawn(FORMULA, "条件", "Condition", 2, widget="condition"),
        }
    )
    return frame(
        "flow",
        {
            "form": drawn(KEY, "表单", "Form", 4, widget="form"),
            "start": start,
            "nodes": keyed(node or anything, 200),
            "edges": many(edge, 600),
            "picture": PICTURE,
        },
        ("label", "form", "nodes", "edges"),
    )
