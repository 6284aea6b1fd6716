"""People who ask and people who sign, and how they decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.acceptance.client import Client
from tests.acceptance.conftest import App, unique


@dataclass(frozen=True, slots=True)
class Firm:
    """A starter, his superior, and two who sign together."""

    app: App
    starter: Any
    boss: Any
    starter_client: Client
    boss_client: Client
    finance: Client
    legal: Client

    def quote(self, total: str, **more: Any) -> Any:
        return self.app.create("quote", self.starter_client, name=unique("Q"), total=total, **more)

    def at(self, quote: Any) -> str:
        return f"{self.app.records('quote')}/{quote['id']}"


def mine(client: Client, record: Any, box: str = "open") -> Any:
    """The assignment of this person about ``record``, or None."""
    found = client.get("/api/assignments", box=box)["assignments"]
    return next((each for each in found if each["record"]["id"] == record["id"]), None)


def decide(client: Client, assignment: Any, decision: str, **body: Any) -> Any:
    """The answer to a decision; the status says whether it counted."""
    return client.call("POST", f"/api/assignments/{assignment['id']}/{decision}", body)
