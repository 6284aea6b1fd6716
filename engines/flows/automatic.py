"""What happens without anybody's answer: nobody to ask, the starter asked, somebody asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engines.actions.assignees.role import ADMINISTRATOR
from engines.actions.people import PeopleQuery, answers
from engines.flows.node import NodePlan
from engines.flows.walk import Walk
from engines.forms.options import closed, option

ADMINISTRATORS = PeopleQuery("role", key=ADMINISTRATOR)

Found = tuple[int, ...] | Literal["agreed", "refused", "block"]


def automatic_schema() -> dict[str, Any]:
    """The three rules; a node's own win over the flow's."""
    return closed(
        {
            "nobody": option(
                {"enum": ["administrator", "agree", "refuse", "block"], "default": "administrator"},
                "找不到审批人时",
                "When there is nobody to ask",
                order=1,
                widget="choice",
                labels={
                    "administrator": {"zh-Hans": "转给应用管理员", "en": "Ask the administrators"},
                    "agree": {"zh-Hans": "自动同意", "en": "Agree automatically"},
                    "refuse": {"zh-Hans": "自动拒绝", "en": "Refuse automatically"},
                    "block": {"zh-Hans": "停下并提醒管理员", "en": "Stop and show it"},
                },
            ),
            "starter": option(
                {"enum": ["ask", "skip", "manager"], "default": "ask"},
                "审批人是发起人自己时",
                "When the starter would approve",
                order=2,
                widget="choice",
                labels={
                    "ask": {"zh-Hans": "由本人审批", "en": "Let him decide himself"},
                    "skip": {"zh-Hans": "跳过本人", "en": "Leave him out"},
                    "manager": {"zh-Hans": "转给直属上级", "en": "Ask his superior instead"},
                },
            ),
            "repeated": option(
                {"enum": ["ask", "skip"], "default": "ask"},
                "同一人前面已同意时",
                "When somebody has agreed before",
                order=3,
                widget="choice",
                labels={
                    "ask": {"zh-Hans": "再次审批", "en": "Ask again"},
                    "skip": {"zh-Hans": "不再询问", "en": "Do not ask again"},
                },
            ),
        }
    )


@dataclass(frozen=True, slots=True)
class Automatic:
    """The rules in force at one node."""

    nobody: Literal["administrator", "agree", "refuse", "block"] = "administrator"
    starter: Literal["ask", "skip", "manager"] = "ask"
    repeated: Literal["ask", "skip"] = "ask"

    def people(self, asked: tuple[int, ...], node: NodePlan, walk: Walk) -> Found:
        """Who is really asked, or what is decided without asking; reasons go to the log."""
        people = asked
        if walk.starter in people and self.starter != "ask":
            people = self._without_starter(people, node, walk)
        if self.repeated == "skip":
            again = [person for person in people if person in walk.agreed]
            for person in again:
                walk.note("automatic", node.key, person, reason="agreed_before")
            people = tuple(person for person in people if person not in again)
        if people:
            return people
        if asked:
            return "agreed"
        return self._nobody(node, walk)

    def _without_starter(
        self, people: tuple[int, ...], node: NodePlan, walk: Walk
    ) -> tuple[int, ...]:
        instead: tuple[int, ...] = ()
        if self.starter == "manager":
            instead = answers((PeopleQuery("manager", person=walk.starter),), walk.facts)
            instead = tuple(person for person in instead if person != walk.starter)
            if not instead:
                instead = answers((ADMINISTRATORS,), walk.facts)
        walk.note("automatic", node.key, walk.starter, reason="starter", to=list(instead) or None)
        replaced = [
            each for person in people for each in ((person,) if person != walk.starter else instead)
        ]
        return tuple(dict.fromkeys(replaced))

    def _nobody(self, node: NodePlan, walk: Walk) -> Found:
        walk.note("automatic", node.key, None, reason="nobody", rule=self.nobody)
        if self.nobody == "agree":
            return "agreed"
        if self.nobody == "refuse":
            return "refused"
        if self.nobody == "block":
            return "block"
        return answers((ADMINISTRATORS,), walk.facts) or "block"


def read_automatic(options: Mapping[str, Any]) -> Automatic:
    """The rules from a definition, defaults filled in."""
    return Automatic(
        options.get("nobody", "administrator"),
        options.get("starter", "ask"),
        options.get("repeated", "ask"),
    )
