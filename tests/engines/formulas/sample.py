"""The record that the formula cases are about, in the form each back end takes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from engines.formulas.scope import Scope
from engines.formulas.to_python import Actor, Env
from engines.formulas.types import (
    BOOLEAN,
    DATE,
    DEPARTMENT,
    MOMENT,
    NUMBER,
    PERSON,
    TEXT,
    Type,
    link_to,
    list_of,
)

NAMES: dict[str, Type] = {
    "amount": NUMBER,
    "quantity": NUMBER,
    "price": NUMBER,
    "zero": NUMBER,
    "minus": NUMBER,
    "big": NUMBER,
    "nothing": NUMBER,
    "name": TEXT,
    "note": TEXT,
    "stage": TEXT,
    "blank": TEXT,
    "due_text": TEXT,
    "due": DATE,
    "leap": DATE,
    "no_date": DATE,
    "at": MOMENT,
    "spring": MOMENT,
    "no_moment": MOMENT,
    "done": BOOLEAN,
    "closed": BOOLEAN,
    "unsure": BOOLEAN,
    "owner": PERSON,
    "nobody": PERSON,
    "department": DEPARTMENT,
    "customer": link_to("customer"),
    "tags": list_of(TEXT),
    "no_tags": list_of(TEXT),
    "numbers": list_of(NUMBER),
    "no_numbers": list_of(NUMBER),
    "days": list_of(DATE),
    "team": list_of(PERSON),
    "lines": list_of(link_to("order.lines")),
}
FORMS: dict[str, dict[str, Type]] = {
    "customer": {"level": TEXT, "score": NUMBER, "owner": PERSON, "parent": link_to("customer")},
    "order.lines": {"subtotal": NUMBER, "quantity": NUMBER},
}
SCOPE = Scope(NAMES, FORMS, old=True)

# What the runtime would send to a browser.
JSON: dict[str, Any] = {
    "amount": "1200.50",
    "quantity": "3",
    "price": "19.99",
    "zero": "0",
    "minus": "-7",
    "big": "12345678901234567890.10",
    "nothing": None,
    "name": "张三 Zhang",
    "note": "  a \u3000 b ",
    "stage": "won",
    "blank": None,
    "due_text": "2026-03-08",
    "due": "2026-01-31",
    "leap": "2024-02-29",
    "no_date": None,
    "at": "2026-02-01T00:30:00+08:00",
    "spring": "2026-03-07T17:00:00Z",
    "no_moment": None,
    "done": True,
    "closed": False,
    "unsure": None,
    "owner": {"id": 3, "name": "张三"},
    "nobody": None,
    "department": {"id": 11, "name": "销售部"},
    "customer": {"id": 5, "label": "华东精工"},
    "tags": ["vip", "east"],
    "no_tags": None,
    "numbers": ["1", "2", None, "4.5"],
    "no_numbers": None,
    "days": ["2026-01-01", "2026-02-17"],
    "team": [{"id": 3}, {"id": 4}],
    "lines": [
        {"subtotal": "59.97", "quantity": "3"},
        {"subtotal": "0.03", "quantity": "1"},
        {"subtotal": None, "quantity": None},
    ],
}
LINKS: dict[str, Any] = {"customer.level": "A", "customer.score": "88.5"}
OLD: dict[str, Any] = {"stage": "sent", "amount": "1000"}

VALUES: dict[str, Any] = {
    **JSON,
    **{key: Decimal(JSON[key]) for key in ("amount", "quantity", "price", "zero", "minus", "big")},
    "due": date(2026, 1, 31),
    "leap": date(2024, 2, 29),
    "at": datetime(2026, 1, 31, 16, 30, tzinfo=UTC),
    "spring": datetime(2026, 3, 7, 17, 0, tzinfo=UTC),
    "owner": 3,
    "department": 11,
    "customer": 5,
    "tags": ("vip", "east"),
    "numbers": (Decimal(1), Decimal(2), None, Decimal("4.5")),
    "days": (date(2026, 1, 1), date(2026, 2, 17)),
    "team": (3, 4),
    "lines": (
        {"subtotal": Decimal("59.97"), "quantity": Decimal(3)},
        {"subtotal": Decimal("0.03"), "quantity": Decimal(1)},
        {"subtotal": None, "quantity": None},
    ),
}
NOW = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)
ACTOR = Actor(
    id=3,
    department=11,
    departments=(11, 12, 13),
    subordinates=(4, 6),
    roles=frozenset({"sales"}),
    username="zhang",
    name="张三",
)
PEOPLE = {"zhang": 3, "li": 4}
DEPARTMENTS = {"sales": 11, "service": 12}


def env(zone: str = "Asia/Shanghai") -> Env:
    """For the Python back end."""
    return Env(
        VALUES,
        NOW,
        zone,
        ACTOR,
        links={("customer", "level"): "A", ("customer", "score"): Decimal("88.5")},
        old={"stage": "sent", "amount": Decimal(1000)},
        people=PEOPLE,
        departments=DEPARTMENTS,
    )


def browser_env(zone: str = "Asia/Shanghai") -> dict[str, Any]:
    """For the browser back end."""
    return {
        "values": JSON,
        "now": "2026-11-20T16:30:00Z",
        "zone": zone,
        "actor": {
            "id": 3,
            "department": 11,
            "departments": [11, 12, 13],
            "subordinates": [4, 6],
            "roles": ["sales"],
            "username": "zhang",
            "name": "张三",
        },
        "links": LINKS,
        "old": OLD,
        "people": PEOPLE,
        "departments": DEPARTMENTS,
    }
