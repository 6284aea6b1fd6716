"""A state and an event give the next state, the effects and the log: always the same ones.

Automatic nodes run in the order of token ids until no token is ready. An event for a token that is
gone, a repeated answer, or any event after the end returns the same state and no effects.
"""

from __future__ import annotations

from dataclasses import dataclass

from engines.actions.effect import Effect
from engines.actions.people import Facts, Needs
from engines.flows.compile import FlowPlan
from engines.flows.event import Event
from engines.flows.signing import take_over
from engines.flows.state import State, begin
from engines.flows.walk import LogEntry, Walk
from engines.formulas.to_python import Env, is_met
from engines.problems import refuse

STEP_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Step:
    """The result of an advance.

    While ``state.status`` is ``ready`` the runtime performs the effects, reads the record again and
    advances with ``GO_ON``: an action has changed values that later nodes read.
    """

    state: State
    effects: tuple[Effect, ...] = ()
    log: tuple[LogEntry, ...] = ()

    @property
    def waiting(self) -> bool:
        """True when nothing is left to do until an event comes."""
        return self.state.status != "ready"


def start(plan: FlowPlan, run: str, starter: int | None) -> State:
    """The state of a new run; advance it with ``GO_ON``."""
    return begin(run, starter, start=plan.first)


def should_start(plan: FlowPlan, kind: str, changed: frozenset[str], env: Env) -> bool:
    """True when a record event (created, updated) starts this flow."""
    if plan.start.event != kind:
        return False
    if kind == "updated" and plan.start.fields and not changed & plan.start.fields:
        return False
    return plan.start.when is None or is_met(plan.start.when, env)


def needs(plan: FlowPlan, state: State, event: Event, env: Env) -> Needs:
    """What ``advance`` may ask for with this event (``env.links`` holds ``plan.paths``)."""
    found = Needs()
    for key in _entered(plan, state, event):
        node = plan.nodes[key]
        found |= node.type.needs(node.compiled, env, state)
    token = state.token(event.token)
    if token is not None and event.kind == "timer":
        found |= Needs(people=plan.nodes[token.node].type.escalation(state, token))
    return found


def _entered(plan: FlowPlan, state: State, event: Event) -> frozenset[str]:
    """Nodes that may be entered by this event."""
    entered: set[str] = set()
    for target in _targets(plan, state, event):
        entered |= {target} | plan.ahead[target]
    for token in state.tokens:
        if token.ready:
            entered.add(token.node)
            if not plan.nodes[token.node].type.waits:
                entered |= plan.ahead[token.node]
        if event.kind in ("skip", "retry", "hand_over") or token.id == event.token:
            entered |= plan.ahead[token.node]
            if token.node == plan.first and state.returned is not None:
                entered.add(state.returned.node)
        if token.node == plan.first:
            entered |= plan.ahead[token.node]
    return frozenset(entered)


def _targets(plan: FlowPlan, state: State, event: Event) -> tuple[str, ...]:
    """Where a decision may send the run back to, named by it or by the node."""
    if event.to_node is not None:
        return (event.to_node,) if event.to_node in plan.nodes else ()
    token = state.token(event.token)
    if event.decision != "return" or token is None:
        return ()
    back = plan.nodes[token.node].options.get("may", {}).get("return") or {}
    return tuple(back.get("to", ()))


def advance(plan: FlowPlan, state: State, event: Event, facts: Facts, env: Env) -> Step:
    """Apply ``event`` and run on until the run must wait.

    Raises Problems when somebody asks for what the node or flow does not allow; the state is then
    unchanged. ``env.now`` is the moment; ``env.values`` the record as it is now.
    """
    if state.outcome is not None:
        return Step(state)
    walk = Walk(plan, state, facts, env)
    if not _apply(walk, event):
        return Step(state)
    _run(walk)
    return Step(walk.state(), tuple(walk.effects), tuple(walk.log))


def _apply(walk: Walk, event: Event) -> bool:
    """Let the event take effect; False when it comes too late and nothing happens."""
    state = walk.before
    if event.kind == "go_on":
        return state.status == "ready"
    if event.kind in ("retry", "skip"):
        return _unblock(walk, event)
    if event.kind in ("withdraw", "cancel"):
        return _give_up(walk, event)
    if event.kind == "hand_over":
        return _hand_over(walk, event)
    token = walk.tokens.get(event.token or 0)
    if token is None or token.ready:
        return False
    node = walk.plan.nodes[token.node]
    if event.kind == "timer":
        node.type.timer(node, token, event, walk)
    else:
        node.type.decide(node, token, event, walk)
    return bool(walk.log)


def _unblock(walk: Walk, event: Event) -> bool:
    incident = walk.blocked
    if incident is None:
        return False
    token = walk.tokens[incident.token]
    walk.blocked = None
    walk.steps = 0
    walk.note("retried" if event.kind == "retry" else "skipped", token.node, event.person)
    if event.kind == "skip":
        node = walk.plan.nodes[token.node]
        edge = next((edge for edge in node.edges if edge.default), None)
        edge = edge or node.edge("agreed") or next(iter(node.edges), None)
        if edge is not None:
            walk.follow(token, edge)
        else:
            walk.remove(token)
            walk.end(token)
    return True


def _give_up(walk: Walk, event: Event) -> bool:
    token = next(iter(walk.tokens.values()))
    if event.kind == "withdraw":
        if event.person is None or event.person != walk.starter:
            raise refuse("", "only_starter_withdraws")
        if not walk.plan.withdraw:
            raise refuse("", "withdrawal_not_allowed")
        for key in walk.passed:
            if walk.plan.nodes[key].options.get("no_withdrawal"):
                raise refuse("", "too_late_to_withdraw", node=key)
    walk.note("withdrawn" if event.kind == "withdraw" else "cancelled", token.node, event.person)
    walk.finish(token, "withdrawn" if event.kind == "withdraw" else "cancelled")
    return True


def _hand_over(walk: Walk, event: Event) -> bool:
    """Wherever the leaver is asked, or will be, the other is asked in his place."""
    for token in tuple(walk.tokens.values()):
        own = [
            ask
            for ask in walk.asked(token)
            if ask.person == event.leaver and ask.answer in ("open", "waiting")
        ]
        if not own or token.ready:
            continue
        node = walk.plan.nodes[token.node]
        for ask in own:
            take_over(node, token, ask, event, walk)
        node.type.replaced(node, token, walk)
    return bool(walk.log)


def _run(walk: Walk) -> None:
    """Enter ready tokens, lowest id first: until none is left, one blocks, a record changes."""
    while walk.blocked is None and walk.outcome is None and not walk.paused:
        token = min(
            (token for token in walk.tokens.values() if token.ready),
            key=lambda token: token.id,
            default=None,
        )
        if token is None:
            return
        walk.steps += 1
        if walk.steps > STEP_LIMIT:
            walk.block(token, "step_limit", limit=STEP_LIMIT)
            return
        node = walk.plan.nodes[token.node]
        node.type.enter(node, token, walk)
