"""Asks people to agree or refuse; they may also send back, hand over or add signers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from engines.actions.assignee import People
from engines.actions.assignees import all_queries, compile_people, people_schema
from engines.actions.people import Needs, PeopleQuery, answers
from engines.actions.reading import Reading
from engines.flows.automatic import (
    ADMINISTRATORS,
    Automatic,
    automatic_schema,
    read_automatic,
)
from engines.flows.deadline import DEADLINE_SCHEMA, Deadline, read_deadline, set_timers
from engines.flows.event import Event
from engines.flows.node import Node, NodePlan, Surroundings
from engines.flows.rights import RIGHTS_SCHEMA, check_rights
from engines.flows.signing import MAY_SCHEMA, May, add_signers, give_back, hand_over, read_may
from engines.flows.state import Ask, State, Token
from engines.flows.verdict import Mode, Verdict, verdict
from engines.flows.walk import Walk
from engines.forms.options import closed, option
from engines.formulas.to_python import Env
from engines.problems import refuse


@dataclass(frozen=True, slots=True)
class Approval:
    """The compiled options of an approve node."""

    who: tuple[People, ...]
    mode: Mode
    ratio: Decimal
    may: May
    deadline: Deadline | None
    automatic: Automatic


class Approve(Node):
    """One token in, one question per person; the verdict follows from the answers alone."""

    key = "approve"
    label = {"zh-Hans": "审批", "en": "Approval"}
    order = 20
    answers = ("agreed", "refused")
    waits = True
    options_schema = closed(
        {
            "who": option(
                {"type": "array", "maxItems": 30, "items": people_schema()},
                "审批人",
                "Who approves",
                order=1,
                widget="people",
            ),
            "mode": option(
                {"enum": ["any", "all", "sequence", "ratio"], "default": "any"},
                "多人审批方式",
                "Several people",
                order=2,
                widget="choice",
                labels={
                    "any": {"zh-Hans": "或签（一人决定即可）", "en": "Any one of them decides"},
                    "all": {"zh-Hans": "会签（须全部同意）", "en": "All of them must agree"},
                    "sequence": {"zh-Hans": "依次审批", "en": "One after the other"},
                    "ratio": {"zh-Hans": "票签（按比例通过）", "en": "A share of them agrees"},
                },
            ),
            "ratio": option(
                {"type": "integer", "minimum": 1, "maximum": 100, "default": 50},
                "通过比例（%）",
                "Share that must agree (%)",
                order=3,
                widget="number",
            ),
            "may": MAY_SCHEMA,
            "deadline": DEADLINE_SCHEMA,
            "fields": RIGHTS_SCHEMA,
            "automatic": option(
                automatic_schema(), "特殊情况", "Special cases", order=70, group="more"
            ),
            "no_withdrawal": option(
                {"type": "boolean", "default": False},
                "通过后发起人不能撤回",
                "No withdrawal once this is passed",
                order=80,
                group="more",
                widget="boolean",
            ),
        },
        ("who",),
    )

    def compile(
        self, options: Mapping[str, Any], reading: Reading, around: Surroundings
    ) -> Approval:
        check_rights(options, reading)
        return Approval(
            who=compile_people(options["who"], reading, "/who"),
            mode=options.get("mode", "any"),
            ratio=Decimal(options.get("ratio", 50)),
            may=read_may(options.get("may", {}), reading.at("/may"), around.nodes),
            deadline=read_deadline(options.get("deadline"), reading.at("/deadline")),
            automatic=read_automatic({**around.automatic, **options.get("automatic", {})}),
        )

    def paths(self, compiled: Approval) -> frozenset[tuple[str, ...]]:
        return frozenset().union(*(people.paths for people in compiled.who))

    def needs(self, compiled: Approval, env: Env, state: State) -> Needs:
        people = {*all_queries(compiled.who, env, state.starter), ADMINISTRATORS}
        if state.starter is not None:
            people.add(PeopleQuery("manager", person=state.starter))
        if state.returned is not None and state.returned.person is not None:
            people.add(PeopleQuery("person", person=state.returned.person))
        calendar = compiled.deadline.calendar if compiled.deadline else None
        return Needs(people=frozenset(people), calendars=frozenset((calendar,) if calendar else ()))

    def escalation(self, state: State, token: Token) -> frozenset[PeopleQuery]:
        return frozenset(
            PeopleQuery("manager", person=person) for person in state.open_people(token.id)
        )

    def enter(self, node: NodePlan, token: Token, walk: Walk) -> None:
        approval: Approval = node.compiled
        back = walk.returned
        people: tuple[int, ...] = ()
        if back is not None and back.direct and back.node == node.key and back.person is not None:
            people = answers((PeopleQuery("person", person=back.person),), walk.facts)
        walk.returned = None
        if not people:
            asked = answers(all_queries(approval.who, walk.env, walk.starter), walk.facts)
            found = approval.automatic.people(asked, node, walk)
            if found == "block":
                walk.block(token, "nobody_to_ask")
                return
            if found == "agreed" or found == "refused":
                self._conclude(node, token, found, walk)
                return
            people = found
        due = set_timers(approval.deadline, token, walk) if approval.deadline else None
        walk.ask(node, token, people, due=due, one_by_one=approval.mode == "sequence")

    def decide(self, node: NodePlan, token: Token, event: Event, walk: Walk) -> None:
        approval: Approval = node.compiled
        own = [ask for ask in walk.asked(token) if ask.person == event.person]
        if not own:
            raise refuse("", "not_asked")
        ask = next((each for each in own if each.answer == "open"), None)
        if ask is None:
            if any(each.answer == "waiting" for each in own):
                raise refuse("", "not_your_turn")
            return
        if event.decision == "return":
            give_back(approval.may, node, token, event, walk)
        elif event.decision == "transfer":
            hand_over(approval.may, node, token, ask, event, walk)
        elif event.decision == "add_signer":
            add_signers(approval.may, node, token, ask, event, walk)
            self._proceed(node, token, walk)
        elif event.decision in ("agree", "refuse"):
            self._vote(node, token, ask, event, walk)
        else:
            raise refuse("", "answer_not_possible", decision=event.decision)

    def _vote(self, node: NodePlan, token: Token, ask: Ask, event: Event, walk: Walk) -> None:
        answer: Literal["agreed", "refused"] = "agreed" if event.decision == "agree" else "refused"
        walk.answer(ask, answer)
        walk.note(answer, node.key, ask.person, opinion=event.opinion)
        self._proceed(node, token, walk)

    def _proceed(self, node: NodePlan, token: Token, walk: Walk) -> None:
        """After an answer: a verdict, or the next ones whose turn it is."""
        approval: Approval = node.compiled
        asks = walk.asked(token)
        reached = verdict(approval.mode, asks, ratio=approval.ratio)
        if reached is not None:
            self._conclude(node, token, reached, walk)
            return
        for ask in asks:
            if ask.answer != "waiting":
                continue
            before = [each for each in asks if each.place == "before" and each.by == ask.person]
            if before:
                if all(each.answer not in ("open", "waiting") for each in before):
                    self._turn(node, token, ask, walk)
            elif approval.mode == "sequence" and not _busy(asks):
                self._turn(node, token, ask, walk)
                return

    def _turn(self, node: NodePlan, token: Token, ask: Ask, walk: Walk) -> None:
        walk.answer(ask, "open")
        walk.open(node, token, (ask.person,))

    def _conclude(self, node: NodePlan, token: Token, reached: Verdict, walk: Walk) -> None:
        for ask in walk.asked(token):
            if ask.answer == "agreed" and ask.person not in walk.agreed:
                walk.agreed.append(ask.person)
        walk.verdict = reached
        walk.note("verdict", node.key, verdict=reached)
        walk.leave(token, reached)

    def replaced(self, node: NodePlan, token: Token, walk: Walk) -> None:
        self._proceed(node, token, walk)

    def timer(self, node: NodePlan, token: Token, event: Event, walk: Walk) -> None:
        approval: Approval = node.compiled
        people = [ask.person for ask in walk.asked(token) if ask.answer == "open"]
        if approval.deadline is None or event.timer is None:
            return
        if event.timer.startswith("remind"):
            walk.note("reminded", node.key, people=people)
            walk.notify(token, people, "assignment_due_soon", node=node.key)
            return
        then = approval.deadline.then
        walk.note("deadline_passed", node.key, then=then)
        if then == "remind":
            walk.notify(token, people, "assignment_late", node=node.key)
        elif then == "agree":
            self._conclude(node, token, "agreed", walk)
        elif then == "refuse":
            self._conclude(node, token, "refused", walk)
        elif then == "escalate":
            self._escalate(node, token, walk)

    def _escalate(self, node: NodePlan, token: Token, walk: Walk) -> None:
        """Each question goes to the superior of the one who has not answered; where there is none
        (or he was asked already), the same person is reminded."""
        for ask in walk.asked(token):
            if ask.answer != "open":
                continue
            above = answers((PeopleQuery("manager", person=ask.person),), walk.facts)
            taken = {each.person for each in walk.asked(token)}
            to = next((person for person in above if person not in taken), None)
            if to is None:
                walk.notify(token, [ask.person], "assignment_late", node=node.key)
                continue
            walk.answer(ask, "transferred")
            walk.asks.append(Ask(token.id, to, "open", ask.place, ask.by))
            walk.effect(
                "cancel_assignments",
                token,
                token=token.id,
                people=[ask.person],
                state="transferred",
            )
            walk.note("escalated", node.key, ask.person, to=[to])
            walk.open(node, token, (to,))


def _busy(asks: list[Ask]) -> bool:
    """True while somebody's answer is awaited: in a sequence nobody else's turn comes."""
    return any(ask.answer == "open" for ask in asks) or any(
        ask.answer == "agreed" and verdict("all", [ask, *_after(ask, asks)]) is None for ask in asks
    )


def _after(ask: Ask, asks: list[Ask]) -> list[Ask]:
    return [each for each in asks if each.place == "after" and each.by == ask.person]
