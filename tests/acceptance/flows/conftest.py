"""A firm with the approval of quotes."""

from __future__ import annotations

import pytest

from tests.acceptance import definitions
from tests.acceptance.conftest import Designing, People
from tests.acceptance.definitions import everything, role
from tests.acceptance.flows.firm import Firm


@pytest.fixture(scope="module")
def firm(designed: Designing, people: People) -> Firm:
    boss, boss_client = people.add("boss")
    starter, starter_client = people.add("starter", superior=boss["id"])
    money, money_client = people.add("money")
    law, law_client = people.add("law")
    app = designed(
        definitions.CUSTOMER,
        definitions.QUOTE,
        definitions.CONTRACT,
        definitions.FINANCE,
        definitions.LEGAL,
        definitions.APPROVAL,
        role("asking", everything("quote")),
    )
    app.members("finance", money)
    app.members("legal", law)
    app.members("asking", starter, boss)
    return Firm(app, starter, boss, starter_client, boss_client, money_client, law_client)
