"""An application with accounts, deals and one-step approval, and the API calls of its tests."""

from __future__ import annotations

from typing import Any

from django.test import Client

APP = "deals"
JSON = "application/json"

APPLICATION: dict[str, Any] = {
    "kind": "application",
    "key": APP,
    "format": 1,
    "label": {"zh-Hans": "交易", "en": "Deals"},
    "timezone": "Asia/Shanghai",
    "currency": "CNY",
    "language": "zh-Hans",
}
ACCOUNT: dict[str, Any] = {
    "kind": "form",
    "key": "account",
    "format": 1,
    "label": {"zh-Hans": "客户", "en": "Account"},
    "title": "{{name}}",
    "fields": {"name": {"type": "text", "label": "名称", "required": True, "unique": True}},
}
DEAL: dict[str, Any] = {
    "kind": "form",
    "key": "deal",
    "format": 1,
    "label": {"zh-Hans": "交易", "en": "Deal"},
    "title": "{{name}}",
    "fields": {
        "name": {"type": "text", "label": "名称", "required": True},
        "account": {"type": "link", "label": "客户", "form": "account"},
        "amount": {"type": "money", "label": "金额"},
        "discount": {"type": "number", "label": "折扣", "scale": 1},
        "state": {
            "type": "choice",
            "label": "状态",
            "options": [
                {"value": "open", "label": {"zh-Hans": "进行中", "en": "Open"}},
                {"value": "approved", "label": {"zh-Hans": "已批准", "en": "Approved"}},
                {"value": "refused", "label": {"zh-Hans": "未通过", "en": "Refused"}},
            ],
        },
        "due": {"type": "date", "label": "到期"},
        "owner": {"type": "person", "label": "负责人", "default": "USER()"},
        "note": {"type": "text", "label": "备注"},
    },
}
ROLE: dict[str, Any] = {
    "kind": "role",
    "key": "sales",
    "format": 1,
    "label": "销售",
    "grants": [
        {
            "form": "deal",
            "see": "owner = USER() or owner in SUBORDINATES()",
            "create": True,
            "edit": "owner = USER()",
            "delete": False,
            "import": True,
        },
        {"form": "account", "see": True, "create": True, "edit": True, "import": True},
    ],
}
APPROVAL: dict[str, Any] = {
    "kind": "flow",
    "key": "approval",
    "format": 1,
    "label": {"zh-Hans": "审批", "en": "Approval"},
    "form": "deal",
    "start": {"event": "created", "when": "amount > 5000"},
    "nodes": {
        "start": {"type": "start"},
        "superior": {
            "type": "approve",
            "label": {"zh-Hans": "上级", "en": "Superior"},
            "who": [{"type": "manager", "of": "starter", "level": 1}],
            "mode": "any",
            "fields": {"discount": "edit"},
            "may": {
                "return": {"to": ["start"], "resubmit": "restart"},
                "transfer": True,
                "add_signer": True,
            },
        },
        "yes": {"type": "act", "do": [{"action": "set", "values": {"state": "'approved'"}}]},
        "no": {"type": "act", "do": [{"action": "set", "values": {"state": "'refused'"}}]},
        "end": {"type": "end"},
    },
    "edges": [
        {"from": "start", "to": "superior"},
        {"from": "superior", "to": "yes", "on": "agreed"},
        {"from": "superior", "to": "no", "on": "refused"},
        {"from": "yes", "to": "end"},
        {"from": "no", "to": "end"},
    ],
}


def create(client: Client, **values: Any) -> Any:
    """A deal through the API; its JSON."""
    answer = client.post(f"/api/apps/{APP}/records/deal", values, content_type=JSON)
    assert answer.status_code == 201, answer.content
    return answer.json()


def read(client: Client, record: int) -> Any:
    """A deal through the API."""
    answer = client.get(f"/api/apps/{APP}/records/deal/{record}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def inbox(client: Client, box: str = "open") -> list[Any]:
    """One of the boxes."""
    answer = client.get(f"/api/assignments?box={box}")
    assert answer.status_code == 200, answer.content
    found: list[Any] = answer.json()["assignments"]
    return found


def decide(client: Client, assignment: Any, decision: str, **body: Any) -> Any:
    """Answer an assignment; the response."""
    return client.post(
        f"/api/assignments/{assignment['id']}/{decision}",
        {"version": assignment["version"], **body},
        content_type=JSON,
    )
