"""What an approver may do beside agreeing: send back, hand over, add signers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from engines.actions.reading import Reading
from engines.flows.event import Event
from engines.flows.node import NodePlan
from engines.flows.state import Answer, Ask, Returned, Token
from engines.flows.walk import Walk
from engines.forms.options import closed, option
from engines.problems import pointer, refuse

MAY_SCHEMA: dict[str, Any] = option(
    closed(
        {
            "return": option(
                closed(
                    {
                        "to": option(
                            {
                                "type": "array",
                                "minItems": 1,
                                "maxItems": 50,
                                "items": {"type": "string"},
                                "default": ["start"],
                            },
                            "可退回到",
                            "May send back to",
                            order=1,
                            widget="nodes",
                        ),
                        "resubmit": option(
                            {"enum": ["restart", "direct"], "default": "restart"},
                            "重新提交后",
                            "After resubmitting",
                            order=2,
                            widget="choice",
                            labels={
                                "restart": {"zh-Hans": "重新走一遍", "en": "Walk the way again"},
                                "direct": {
                                    "zh-Hans": "直接回到退回人",
                                    "en": "Go straight to who sent it back",
                                },
                            },
                        ),
                    }
                ),
                "退回",
                "Send back",
                order=1,
            ),
            "transfer": option(
                {"type": "boolean"}, "转交", "Hand over to somebody", order=2, widget="boolean"
            ),
            "add_signer": option(
                {"type": "boolean"}, "加签", "Add signers", order=3, widget="boolean"
            ),
        }
    ),
    "审批人还可以",
    "They may also",
    order=40,
    group="rules",
    widget="may",
)


@dataclass(frozen=True, slots=True)
class May:
    """``back_to`` empty: sending back is not allowed."""

    back_to: tuple[str, ...]
    resubmit: Literal["restart", "direct"]
    transfer: bool
    add_signer: bool


def read_may(
    options: Mapping[str, Any], reading: Reading, nodes: Mapping[str, Mapping[str, Any]]
) -> May:
    """The permissions of a definition; problems for nodes that cannot be returned to."""
    back = options.get("return")
    first = next((key for key, node in nodes.items() if node.get("type") == "start"), "start")
    wanted = back.get("to", (first,)) if back is not None else ()
    to = tuple(first if key == "start" else str(key) for key in wanted)
    for index, key in enumerate(to):
        at = pointer("return", "to", index)
        if key not in nodes:
            reading.problem(at, "no_such_node", node=key)
        elif nodes[key].get("type") not in ("start", "approve"):
            reading.problem(at, "cannot_return_there", node=key)
    return May(
        to,
        back.get("resubmit", "restart") if back is not None else "restart",
        bool(options.get("transfer", False)),
        bool(options.get("add_signer", False)),
    )


def give_back(may: May, node: NodePlan, token: Token, event: Event, walk: Walk) -> None:
    """Send the run back; a new round begins at the target and older answers count no more."""
    to = event.to_node or (may.back_to[0] if len(may.back_to) == 1 else None)
    if not may.back_to:
        raise refuse("", "return_not_allowed")
    if to not in may.back_to or to not in walk.passed:
        raise refuse("/to", "cannot_return_there", node=to)
    walk.note("returned", node.key, event.person, to=to, opinion=event.opinion)
    direct = may.resubmit == "direct" and to == walk.plan.first
    walk.send_back(token, to)
    if to == walk.plan.first:
        walk.returned = Returned(node.key, event.person, direct)


def hand_over(may: May, node: NodePlan, token: Token, ask: Ask, event: Event, walk: Walk) -> None:
    """Somebody else is asked instead; he keeps the place of the one who handed over."""
    if not may.transfer:
        raise refuse("", "transfer_not_allowed")
    if len(event.to_people) != 1:
        raise refuse("/to", "one_person_needed")
    to = event.to_people[0]
    _check_new(to, token, walk)
    handed = walk.answer(ask, "transferred")
    walk.asks = [
        replace(each, by=to) if each.token == token.id and each.by == ask.person else each
        for each in walk.asks
    ]
    walk.asks.insert(walk.asks.index(handed) + 1, Ask(token.id, to, "open", ask.place, ask.by))
    walk.note("transferred", node.key, event.person, to=[to], opinion=event.opinion)
    walk.effect(
        "cancel_assignments", token, token=token.id, people=[ask.person], state="transferred"
    )
    walk.open(node, token, (to,))


def take_over(node: NodePlan, token: Token, ask: Ask, event: Event, walk: Walk) -> None:
    """``event.leaver`` leaves: somebody is asked in his place, whatever the node allows.

    One who is asked at this place of the approval already answers once, for both.
    """
    (to,) = event.to_people
    handed = walk.answer(ask, "transferred")
    walk.asks = [
        replace(each, by=to) if each.token == token.id and each.by == ask.person else each
        for each in walk.asks
    ]
    walk.note("handed_over", node.key, event.person, people=[ask.person], to=[to])
    if ask.answer == "open":
        walk.effect(
            "cancel_assignments", token, token=token.id, people=[ask.person], state="transferred"
        )
    live = ("open", "waiting", "agreed", "refused")
    if any(
        each.person == to and each.answer in live and (each.place, each.by) == (ask.place, ask.by)
        for each in walk.asked(token)
    ):
        return
    walk.asks.insert(walk.asks.index(handed) + 1, Ask(token.id, to, ask.answer, ask.place, ask.by))
    if ask.answer == "open":
        again = token.node == walk.plan.first
        walk.open(node, token, (to,), purpose="resubmit" if again else "decide")


def add_signers(may: May, node: NodePlan, token: Token, ask: Ask, event: Event, walk: Walk) -> None:
    """More people sign before (then it comes back) or after (his answer is: agreed)."""
    if not may.add_signer:
        raise refuse("", "add_signer_not_allowed")
    if ask.place is not None:
        raise refuse("", "added_signer_adds_nobody")
    people = tuple(dict.fromkeys(event.to_people))
    if not people:
        raise refuse("/to", "one_person_needed")
    for person in people:
        _check_new(person, token, walk)
    answer: Answer = "waiting" if event.place == "before" else "agreed"
    walk.answer(ask, answer)
    for person in people:
        walk.asks.append(Ask(token.id, person, "open", event.place, ask.person))
    walk.note(
        "signers_added",
        node.key,
        event.person,
        to=list(people),
        place=event.place,
        opinion=event.opinion,
    )
    if answer == "waiting":
        walk.effect(
            "cancel_assignments", token, token=token.id, people=[ask.person], state="cancelled"
        )
    walk.open(node, token, people)


def _check_new(person: int, token: Token, walk: Walk) -> None:
    live = ("open", "waiting", "agreed", "refused")
    if any(each.person == person and each.answer in live for each in walk.asked(token)):
        raise refuse("/to", "asked_already", person=person)
