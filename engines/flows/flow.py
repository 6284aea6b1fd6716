"""The JSON Schema of a flow definition, drawn together from the kinds of nodes."""

from __future__ import annotations

from typing import Any

from engines.definitions.kinds.flow import PICTURE
from engines.definitions.parts import frame, one_of
from engines.flows.automatic import automatic_schema
from engines.flows.nodes import NODES
from engines.forms.options import FORMULA, KEY, closed, option
from engines.texts import TEXT_SCHEMA

MOST_NODES = 200
MOST_EDGES = 600

START_EVENTS = ("created", "updated", "manual")


def start_schema() -> dict[str, Any]:
    """When a run begins."""
    return closed(
        {
            "event": option(
                {"enum": list(START_EVENTS), "default": "manual"},
                "何时发起",
                "Starts when",
                order=1,
                widget="choice",
                labels={
                    "created": {"zh-Hans": "新建记录时", "en": "A record is created"},
                    "updated": {"zh-Hans": "修改记录时", "en": "A record is changed"},
                    "manual": {"zh-Hans": "由人发起", "en": "Somebody starts it"},
                },
            ),
            "fields": option(
                {"type": "array", "maxItems": 100, "items": {"type": "string"}},
                "仅当这些字段被修改",
                "Only when these fields change",
                order=2,
                widget="fields",
            ),
            "when": option(FORMULA, "条件", "Condition", order=3, widget="condition"),
        }
    )


def node_schema() -> dict[str, Any]:
    """One node: the options of its kind, its ``type`` and ``label``."""
    return one_of(
        {kind.key: kind.options_schema for kind in NODES},
        common={"properties": {"label": TEXT_SCHEMA}},
    )


def flow_schema() -> dict[str, Any]:
    """A whole flow definition; closed."""
    return frame(
        "flow",
        {
            "form": option(KEY, "表单", "Form", order=1, widget="form"),
            "start": option(start_schema(), "发起", "Start", order=2),
            "automatic": option(
                automatic_schema(), "特殊情况", "Special cases", order=3, group="more"
            ),
            "withdraw": option(
                {"type": "boolean", "default": True},
                "发起人可以撤回",
                "The starter may withdraw",
                order=4,
                group="more",
                widget="boolean",
            ),
            "nodes": {
                "type": "object",
                "maxProperties": MOST_NODES,
                "propertyNames": KEY,
                "additionalProperties": node_schema(),
            },
            "edges": {
                "type": "array",
                "maxItems": MOST_EDGES,
                "items": closed(
                    {
                        "from": KEY,
                        "to": KEY,
                        "on": {"enum": ["agreed", "refused"]},
                        "when": FORMULA,
                        "default": {"type": "boolean"},
                        "label": TEXT_SCHEMA,
                    },
                    ("from", "to"),
                ),
            },
            "picture": PICTURE,
        },
        ("label", "form", "nodes", "edges"),
    )
