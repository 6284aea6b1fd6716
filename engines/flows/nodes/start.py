"""Where a run begins, and where it waits for its starter after it was sent back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engines.actions.assignees.role import ADMINISTRATOR
from engines.actions.people import Needs, PeopleQuery, answers
from engines.actions.reading import Reading
from engines.flows.event import Event
from engines.flows.node import Node, NodePlan, Surroundings
from engines.flows.rights import RIGHTS_SCHEMA, check_rights
from engines.flows.state import State, Token
from engines.flows.walk import Walk
from engines.forms.options import closed
from engines.formulas.to_python import Env
from engines.problems import refuse

ADMINISTRATORS = PeopleQuery("role", key=ADMINISTRATOR)


class Start(Node):
    """Every flow has exactly one."""

    key = "start"
    label = {"zh-Hans": "发起", "en": "Start"}
    order = 10
    options_schema = closed({"fields": RIGHTS_SCHEMA})
    waits = True

    def compile(self, options: Mapping[str, Any], reading: Reading, around: Surroundings) -> None:
        check_rights(options, reading)

    def needs(self, compiled: None, env: Env, state: State) -> Needs:
        own = () if state.starter is None else (PeopleQuery("person", person=state.starter),)
        return Needs(people=frozenset((*own, ADMINISTRATORS)))

    def enter(self, node: NodePlan, token: Token, walk: Walk) -> None:
        if walk.returned is None:
            walk.note("started", node.key, walk.starter)
            walk.leave(token)
            return
        own = () if walk.starter is None else (PeopleQuery("person", person=walk.starter),)
        people = answers(own, walk.facts) or answers((ADMINISTRATORS,), walk.facts)
        if people:
            walk.ask(node, token, people, purpose="resubmit")
        else:
            walk.block(token, "nobody_to_ask")

    def decide(self, node: NodePlan, token: Token, event: Event, walk: Walk) -> None:
        asked = [ask for ask in walk.asked(token) if ask.person == event.person]
        if not asked:
            raise refuse("", "not_asked")
        if event.decision not in ("resubmit", "agree"):
            raise refuse("", "answer_not_possible", decision=event.decision)
        back = walk.returned
        walk.answer(asked[0], "agreed")
        if back is not None and back.direct and not walk.differs():
            walk.note("resubmitted", node.key, event.person, opinion=event.opinion, to=back.node)
            walk.remove(token)
            walk.place(back.node)
            return
        fallback = back is not None and back.direct
        walk.note(
            "resubmitted",
            node.key,
            event.person,
            opinion=event.opinion,
            reason="values_changed" if fallback else None,
        )
        walk.returned = None
        walk.decided = {}
        walk.leave(token)
