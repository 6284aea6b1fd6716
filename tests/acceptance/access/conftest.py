"""The office, in the packaged application."""

from __future__ import annotations

import pytest

from tests.acceptance.access.office import Office
from tests.acceptance.conftest import App, People, unique


@pytest.fixture(scope="module")
def office(crm: App, people: People) -> Office:
    boss, boss_client = people.add("boss")
    one, one_client = people.add("one", superior=boss["id"])
    two, two_client = people.add("two", superior=boss["username"])
    crm.members("sales", boss, one, two)
    buyer = crm.create("customer", name=unique("buyer"), industry="Steel")
    mine, other = (
        crm.create(
            "opportunity",
            name=name,
            customer=buyer["id"],
            owner=owner["id"],
            amount="770077.5",
            probability="50",
        )
        for name, owner in (("北京东方机械", one), ("上海浦江电子", two))
    )
    return Office(crm, boss, one, two, boss_client, one_client, two_client, buyer, mine, other)
