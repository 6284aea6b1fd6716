"""An application with one-step approval, people with superiors, and clients signed in as them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from apps_runtime import releases
from apps_runtime.models import Person
from apps_runtime.people import bump_stamp
from apps_runtime.people.role_members import set_role_members

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


@pytest.fixture
def installed(transactional_db: None) -> Callable[..., None]:
    """Install the application, with more definitions where a test gives some; roles are given."""

    def install(*more: dict[str, Any]) -> None:
        bodies = (APPLICATION, ACCOUNT, DEAL, ROLE, *more)
        releases.install(
            {(body["kind"], body["key"]): body for body in bodies}, app_key=APP, person=None
        )
        everybody = list(Person.objects.values_list("pk", flat=True))
        set_role_members(APP, "sales", {"people": everybody})
        bump_stamp()

    return install


@pytest.fixture
def people(transactional_db: None) -> dict[str, Person]:
    """A manager, two agents who report to her, and an administrator."""
    boss = Person.objects.create_user("boss", "secret-1234", name="王芳")
    found = {
        "boss": boss,
        "anna": Person.objects.create_user("anna", "secret-1234", name="张三", superior=boss),
        "ben": Person.objects.create_user("ben", "secret-1234", name="李四", superior=boss),
    }
    bump_stamp()
    return found


@pytest.fixture
def client_of(people: dict[str, Person]) -> Callable[[str], Client]:
    """A client signed in as one of the people."""

    def sign_in(username: str) -> Client:
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(people[username])
        return client

    return sign_in


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
