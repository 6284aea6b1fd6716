"""One advance at work: nodes move tokens, ask people and note what happened through a ``Walk``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from engines.actions.effect import Effect, plain
from engines.actions.people import Facts
from engines.flows.node import EdgePlan, NodePlan
from engines.flows.state import Answer, Ask, Incident, State, Token
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env
from engines.values import JsonValue

if TYPE_CHECKING:
    from engines.flows.compile import FlowPlan


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line of the run's log: the fact, where, by whom; its text is made when it is shown."""

    event: str
    node: str
    person: int | None = None
    params: Mapping[str, JsonValue] = field(default_factory=dict)


class Walk:
    """The working copy of a state while it advances; ``state()`` freezes it again."""

    def __init__(self, plan: FlowPlan, state: State, facts: Facts, env: Env) -> None:
        self.plan = plan
        self.facts = facts
        self.env = env
        self.before = state
        self.tokens = {token.id: token for token in state.tokens}
        self.asks = list(state.asks)
        self.round = state.round
        self.next_token = state.next_token
        self.steps = state.steps
        self.count = state.effects
        self.passed = list(state.passed)
        self.agreed = list(state.agreed)
        self.decided = dict(state.decided)
        self.returned = state.returned
        self.verdict = state.verdict
        self.outcome = state.outcome
        self.blocked = state.blocked
        self.paused = False
        self.effects: list[Effect] = []
        self.log: list[LogEntry] = []

    def state(self) -> State:
        """The state reached."""
        return State(
            run=self.before.run,
            starter=self.before.starter,
            tokens=tuple(self.tokens.values()),
            asks=tuple(self.asks),
            round=self.round,
            next_token=self.next_token,
            steps=self.steps,
            effects=self.count,
            passed=tuple(self.passed),
            agreed=tuple(self.agreed),
            decided=self.decided,
            returned=self.returned,
            verdict=self.verdict,
            outcome=self.outcome,
            blocked=self.blocked,
        )

    @property
    def starter(self) -> int | None:
        """Who started the run."""
        return self.before.starter

    def key(self, token: Token) -> str:
        """The next effect key: run, token, number; the same again when the advance is repeated."""
        self.count += 1
        return f"{self.before.run}:{token.id}:{self.count}"

    def effect(self, kind: str, token: Token, /, **payload: JsonValue) -> None:
        """Ask the runtime to do something."""
        self.effects.append(Effect(kind, self.key(token), payload))

    def note(
        self, event: str, node: str, person: int | None = None, /, **params: JsonValue
    ) -> None:
        """Add a line to the log."""
        kept = {name: value for name, value in params.items() if value is not None}
        self.log.append(LogEntry(event, node, person, kept))

    def place(self, node: str) -> Token:
        """A new token, ready to enter ``node``."""
        token = Token(self.next_token, node, self.round)
        self.next_token += 1
        self.tokens[token.id] = token
        return token

    def wait(self, token: Token) -> None:
        """The token stays where it is until an event moves it."""
        self.tokens[token.id] = replace(token, ready=False)

    def remove(self, token: Token) -> None:
        """The token is consumed; its open questions and timers go with it."""
        waiting = not self.tokens[token.id].ready
        pending = [
            ask.person
            for ask in self.asks
            if ask.token == token.id and ask.answer in ("open", "waiting")
        ]
        if pending:
            self.effect(
                "cancel_assignments", token, token=token.id, people=pending, state="cancelled"
            )
        if waiting:
            self.effect("cancel_timer", token, token=token.id, timer=None)
        self.asks = [ask for ask in self.asks if ask.token != token.id]
        del self.tokens[token.id]

    def leave(self, token: Token, on: str | None = None) -> None:
        """Move on along the edge for the answer ``on``; an answer without an edge ends the run."""
        edge = self.plan.nodes[token.node].edge(on)
        if edge is None:
            self.remove(token)
            self.end(token)
        else:
            self.follow(token, edge)

    def follow(self, token: Token, edge: EdgePlan) -> None:
        """Move on along this edge."""
        self.remove(token)
        if token.node not in self.passed:
            self.passed.append(token.node)
        self.place(edge.to)

    def end(self, token: Token) -> None:
        """A way came to its end; the run is done when no other token is left."""
        if not self.tokens and self.outcome is None:
            self.finish(token, self.verdict or "done")

    def finish(self, token: Token, outcome: str) -> None:
        """The run ends with ``outcome``; every other token is consumed."""
        for other in tuple(self.tokens.values()):
            self.remove(other)
        self.outcome = outcome
        self.blocked = None
        self.effect("finish", token, outcome=outcome)
        self.note("finished", token.node, outcome=outcome)

    def block(self, token: Token, code: str, **params: JsonValue) -> None:
        """The run cannot go on by itself: a visible incident, until an administrator steps in."""
        self.tokens[token.id] = replace(token, ready=True)
        self.blocked = Incident(token.id, token.node, code, params)
        self.note("blocked", token.node, code=code, **params)

    def ask(
        self,
        node: NodePlan,
        token: Token,
        people: Sequence[int],
        *,
        due: datetime | None = None,
        purpose: Literal["decide", "resubmit"] = "decide",
        one_by_one: bool = False,
    ) -> None:
        """Ask people at a token: all at once, or the first and the others after him."""
        for index, person in enumerate(people):
            answer: Answer = "waiting" if one_by_one and index else "open"
            self.asks.append(Ask(token.id, person, answer))
        asked = list(people[:1] if one_by_one else people)
        self.open(node, token, asked, due=due, purpose=purpose)
        self.wait(token)

    def open(
        self,
        node: NodePlan,
        token: Token,
        people: Sequence[int],
        *,
        due: datetime | None = None,
        purpose: Literal["decide", "resubmit"] = "decide",
    ) -> None:
        """Assignments for people who have been asked."""
        self.effect(
            "open_assignments",
            token,
            token=token.id,
            node=node.key,
            round=token.round,
            people=list(people),
            due=None if due is None else due.isoformat(),
            purpose=purpose,
        )
        self.note("asked", node.key, people=list(people))

    def answer(self, ask: Ask, answer: Answer) -> Ask:
        """Replace an ask by one with another answer."""
        changed = replace(ask, answer=answer)
        self.asks[self.asks.index(ask)] = changed
        return changed

    def asked(self, token: Token) -> list[Ask]:
        """Everybody asked at a token."""
        return [ask for ask in self.asks if ask.token == token.id]

    def timer(self, token: Token, name: str, due_at: datetime) -> None:
        """Wake this token under ``name``."""
        self.effect("set_timer", token, token=token.id, timer=name, due_at=due_at.isoformat())

    def send_back(self, token: Token, to: str) -> None:
        """Everything after ``to`` is given up; a new round begins there."""
        for other in tuple(self.tokens.values()):
            self.remove(other)
        self.round += 1
        self.agreed = []
        if to in self.passed:
            del self.passed[self.passed.index(to) :]
        self.place(to)

    def notify(self, token: Token, people: Sequence[int], code: str, **params: Any) -> None:
        """Tell people something in the product's own words."""
        if people:
            self.effect("notify", token, people=list(people), code=code, params=params)

    def remember(self, formula: Formula) -> None:
        """Keep what a condition has read, to notice later that it would read something else."""
        for path in self._read(formula):
            self.decided[".".join(path)] = self._now(path)

    def differs(self) -> bool:
        """True when a value that decided a way taken in this round has changed since."""
        return any(self._now(tuple(name.split("."))) != was for name, was in self.decided.items())

    @staticmethod
    def _read(formula: Formula) -> list[tuple[str, ...]]:
        return sorted({(name,) for name in formula.names} | formula.paths)

    def _now(self, path: tuple[str, ...]) -> JsonValue:
        if len(path) == 1:
            return plain(self.env.values.get(path[0]))
        return plain(self.env.links.get(path))
