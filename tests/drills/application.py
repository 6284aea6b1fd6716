"""The application of the drill, made over HTTP: orders, an approval above 5,000, one rule."""

from __future__ import annotations

from typing import Any

from tests.drills.client import Client

APP = "drill"
ORDER: dict[str, Any] = {
    "kind": "form",
    "key": "order",
    "format": 1,
    "label": "Order",
    "title": "{{number}}",
    "fields": {
        "number": {"type": "text", "label": "Number", "required": True},
        "amount": {"type": "money", "label": "Amount"},
        "no": {"type": "serial", "label": "No.", "pattern": [{"counter": 6}]},
        "state": {
            "type": "choice",
            "label": "State",
            "options": [{"value": "open"}, {"value": "approved"}],
        },
        "owner": {"type": "person", "label": "Owner", "default": "USER()"},
    },
}
TRACE: dict[str, Any] = {
    "kind": "form",
    "key": "trace",
    "format": 1,
    "label": "Trace",
    "title": "{{number}}",
    "fields": {
        "number": {"type": "text", "label": "Number"},
        "by": {"type": "text", "label": "By"},
    },
}
RULE: dict[str, Any] = {
    "kind": "rule",
    "key": "leave_trace",
    "format": 1,
    "label": "Leave a trace",
    "form": "order",
    "on": {"event": "created"},
    "do": [
        {
            "action": "create_record",
            "form": "trace",
            "values": {"number": "number", "by": "'rule'"},
        }
    ],
}
FLOW: dict[str, Any] = {
    "kind": "flow",
    "key": "approval",
    "format": 1,
    "label": "Approval",
    "form": "order",
    "start": {"event": "created", "when": "amount > 5000"},
    "nodes": {
        "start": {"type": "start"},
        "superior": {
            "type": "approve",
            "who": [{"type": "manager", "of": "starter", "level": 1}],
            "mode": "any",
        },
        "pause": {"type": "wait", "for": "1s"},
        "make": {
            "type": "act",
            "do": [
                {"action": "set", "values": {"state": "'approved'"}},
                {
                    "action": "create_record",
                    "form": "trace",
                    "values": {"number": "number", "by": "'flow'"},
                },
            ],
        },
        "end": {"type": "end"},
    },
    "edges": [
        {"from": "start", "to": "superior"},
        {"from": "superior", "to": "pause", "on": "agreed"},
        {"from": "superior", "to": "end", "on": "refused"},
        {"from": "pause", "to": "make"},
        {"from": "make", "to": "end"},
    ],
}


def build(admin: Client) -> None:
    """Create, save and publish it."""
    root = "/api/builder/applications"
    admin.ok("POST", root, {"label": "Drill", "key": APP})
    for body in (ORDER, TRACE, RULE, FLOW):
        saved = admin.ok("PUT", f"{root}/{APP}/definitions/{body['kind']}/{body['key']}", body)
        if saved["problems"]:
            raise AssertionError(saved["problems"])
    admin.ok("POST", f"{root}/{APP}/publish", {})
