"""Two sellers, their superior, and their deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.acceptance.client import Client
from tests.acceptance.conftest import App


@dataclass(frozen=True, slots=True)
class Office:
    """Two sellers, their superior, and a deal of each seller."""

    app: App
    boss: Any
    one: Any
    two: Any
    boss_client: Client
    one_client: Client
    two_client: Client
    buyer: Any
    mine: Any
    other: Any

    @property
    def deals(self) -> str:
        return self.app.records("opportunity")


def ids(listed: Any) -> set[int]:
    return {each["id"] for each in listed["records"]}
