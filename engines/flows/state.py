"""The state of a flow run: where its tokens stand, who was asked, what was answered.

A state is a frozen value; the runtime keeps it as JSON in one column (``to_json``, ``from_json``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from engines.values import JsonValue

Answer = Literal["open", "waiting", "agreed", "refused", "transferred", "cancelled"]
Status = Literal["ready", "waiting", "blocked", "done", "cancelled"]


@dataclass(frozen=True, slots=True)
class Token:
    """A token at ``node``; ``ready`` until it enters. Ids are never used again.

    ``action`` is where a list of actions goes on after the record has been read again.
    """

    id: int
    node: str
    round: int
    ready: bool = True
    action: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """One person asked at one token.

    ``place`` and ``by``: an added signer (before or after) and who added him. ``waiting``: his turn
    has not come (sequence), or he waits for signers he added before himself.
    """

    token: int
    person: int
    answer: Answer = "open"
    place: Literal["before", "after"] | None = None
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """Why a run is blocked; shown to administrators, who retry, skip or cancel."""

    token: int
    node: str
    code: str
    params: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Returned:
    """A run was sent back by ``person`` from ``node``; ``direct``: resubmitting goes back there."""

    node: str
    person: int | None
    direct: bool


@dataclass(frozen=True, slots=True)
class State:
    """``run`` is the runtime's id of the run and begins every effect key.

    ``passed`` are the nodes left behind in this round, ``agreed`` the people who agreed in it,
    ``decided`` the values that conditions read (to notice that a way would differ today);
    ``steps`` counts automatic steps, ``effects`` the effects handed out.
    """

    run: str
    starter: int | None
    tokens: tuple[Token, ...] = ()
    asks: tuple[Ask, ...] = ()
    round: int = 1
    next_token: int = 1
    steps: int = 0
    effects: int = 0
    passed: tuple[str, ...] = ()
    agreed: tuple[int, ...] = ()
    decided: Mapping[str, JsonValue] = field(default_factory=dict)
    returned: Returned | None = None
    verdict: Literal["agreed", "refused"] | None = None
    outcome: str | None = None
    blocked: Incident | None = None

    @property
    def status(self) -> Status:
        """``ready``: the runtime performs the effects and advances again (event ``go_on``)."""
        if self.outcome is not None:
            return "cancelled" if self.outcome in ("withdrawn", "cancelled") else "done"
        if self.blocked is not None:
            return "blocked"
        if any(token.ready for token in self.tokens):
            return "ready"
        return "waiting"

    def token(self, number: int | None) -> Token | None:
        """The token with this id, while it lives."""
        return next((token for token in self.tokens if token.id == number), None)

    def asked(self, token: int) -> tuple[Ask, ...]:
        """Everybody asked at a token, in order."""
        return tuple(ask for ask in self.asks if ask.token == token)

    def open_people(self, token: int) -> tuple[int, ...]:
        """People whose answer is awaited at a token."""
        return tuple(ask.person for ask in self.asked(token) if ask.answer == "open")


def begin(run: str, starter: int | None, *, start: str) -> State:
    """A new run: one token, ready, at the start node ``start``."""
    return State(run, starter, (Token(1, start, 1),), next_token=2)


def to_json(state: State) -> dict[str, JsonValue]:
    """The state as stored; empty parts are left out. The reverse of ``from_json``."""
    whole: dict[str, Any] = {
        "run": state.run,
        "starter": state.starter,
        "tokens": [
            {
                "id": t.id,
                "node": t.node,
                "round": t.round,
                "ready": t.ready,
                **({"action": t.action} if t.action else {}),
            }
            for t in state.tokens
        ],
        "asks": [
            {
                "token": a.token,
                "person": a.person,
                "answer": a.answer,
                **({"place": a.place, "by": a.by} if a.place else {}),
            }
            for a in state.asks
        ],
        "round": state.round,
        "next_token": state.next_token,
        "steps": state.steps,
        "effects": state.effects,
        "passed": list(state.passed),
        "agreed": list(state.agreed),
        "decided": dict(state.decided),
        "returned": state.returned
        and {
            "node": state.returned.node,
            "person": state.returned.person,
            "direct": state.returned.direct,
        },
        "verdict": state.verdict,
        "outcome": state.outcome,
        "blocked": state.blocked
        and {
            "token": state.blocked.token,
            "node": state.blocked.node,
            "code": state.blocked.code,
            "params": dict(state.blocked.params),
        },
    }
    kept = ("run", "starter", "tokens", "round", "next_token")
    return {key: value for key, value in whole.items() if key in kept or value}


def from_json(stored: Mapping[str, JsonValue]) -> State:
    """A stored state. The reverse of ``to_json``."""
    data = cast("Mapping[str, Any]", stored)
    returned, blocked = data.get("returned"), data.get("blocked")
    return State(
        run=data["run"],
        starter=data["starter"],
        tokens=tuple(
            Token(t["id"], t["node"], t["round"], t["ready"], t.get("action", 0))
            for t in data["tokens"]
        ),
        asks=tuple(
            Ask(a["token"], a["person"], a["answer"], a.get("place"), a.get("by"))
            for a in data.get("asks", ())
        ),
        round=data["round"],
        next_token=data["next_token"],
        steps=data.get("steps", 0),
        effects=data.get("effects", 0),
        passed=tuple(data.get("passed", ())),
        agreed=tuple(data.get("agreed", ())),
        decided=dict(data.get("decided", {})),
        returned=Returned(returned["node"], returned["person"], returned["direct"])
        if returned
        else None,
        verdict=data.get("verdict"),
        outcome=data.get("outcome"),
        blocked=Incident(blocked["token"], blocked["node"], blocked["code"], blocked["params"])
        if blocked
        else None,
    )
