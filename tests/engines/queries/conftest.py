"""A shop with three customers and four orders."""

from __future__ import annotations

import pytest

from tests.engines.queries.asking import PLAN
from tests.engines.queries.world import World
from tests.engines.record_database import Records


@pytest.fixture
def world(records: Records) -> World:
    made = World(records, PLAN)
    made.add("customer", name="华东精工", level="vip", owner=1, credit=1000, phone="13800138000",
             email="wang@example.com")  # fmt: skip
    made.add("customer", name="北方重工", level="common", owner=2, parent=1, phone="02155556666")
    made.add("customer", name="南方电子", level="vip", owner=3, credit=50)
    order = {"quantity": 2, "stage": "draft"}
    made.add("order", no="A1", customer=1, owner=1, price=10, subtotal=20, **order)
    order_2 = {**order, "price": 200, "subtotal": 400, "secret": "内部"}
    made.add("order", no="A2", customer=2, owner=2, **order_2)
    made.add("order", no="A3", customer=3, owner=1, price=None, stage="won", tags=["hot", "new"])
    made.add("order", no="A4", customer=None, owner=None, price=150, stage="sent", due="2026-11-21",
             visit="2026-11-21T20:00:00Z", paid=True, unit=10)  # fmt: skip
    return made
