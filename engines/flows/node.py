"""The base of flow nodes, and a compiled node with its edges."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from engines.actions.people import Needs, PeopleQuery
from engines.actions.reading import Reading
from engines.flows.event import Event
from engines.flows.state import State, Token
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env
from engines.texts import Text

if TYPE_CHECKING:
    from engines.flows.walk import Walk


@dataclass(frozen=True, slots=True)
class EdgePlan:
    """A way out of a node: taken on an answer (``on``), when a condition holds, or by default."""

    to: str
    on: str | None = None
    when: Formula | None = None
    default: bool = False
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class NodePlan:
    """A compiled node: ``options`` as in the definition, ``compiled`` as the kind wants them."""

    key: str
    type: Node
    label: Text
    options: Mapping[str, Any]
    compiled: Any
    edges: tuple[EdgePlan, ...] = ()

    @property
    def rights(self) -> Mapping[str, str]:
        """Field rights of who is asked here: field → edit, see, hide or require."""
        found: Mapping[str, str] = self.options.get("fields", {})
        return found

    @property
    def opened(self) -> frozenset[str]:
        """The fields that who is asked here may write."""
        return frozenset(key for key, right in self.rights.items() if right in ("edit", "require"))

    @property
    def required(self) -> frozenset[str]:
        """Those of them that must be filled in before agreeing."""
        return frozenset(key for key, right in self.rights.items() if right == "require")

    def edge(self, on: str | None) -> EdgePlan | None:
        """The edge taken on an answer."""
        return next((edge for edge in self.edges if edge.on == on), None)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a node may look at while it is compiled: the flow's own options and its node keys."""

    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    automatic: Mapping[str, str] = field(default_factory=dict)


class Node(abc.ABC):
    """One kind of node. ``options_schema`` leaves out ``type`` and ``label``, which all share.

    ``answers`` are the words its edges carry as ``on`` (none: a single plain edge), ``waits`` says
    that a token may stand here. A node never reads a clock: ``walk`` carries facts and moment.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    order: ClassVar[int] = 1000
    options_schema: ClassVar[dict[str, Any]]
    answers: ClassVar[tuple[str, ...]] = ()
    waits: ClassVar[bool] = False

    @abc.abstractmethod
    def compile(self, options: Mapping[str, Any], reading: Reading, around: Surroundings) -> object:
        """The options, checked; problems go to ``reading``."""

    def paths(self, compiled: Any) -> frozenset[tuple[str, ...]]:
        """Link paths it reads."""
        return frozenset()

    def needs(self, compiled: Any, env: Env, state: State) -> Needs:
        """What entering it will ask of the runtime."""
        return Needs()

    def changes_record(self, compiled: Any) -> bool:
        """True when its effects change the record that later conditions read."""
        return False

    def escalation(self, state: State, token: Token) -> frozenset[PeopleQuery]:
        """Whom a timer of this token may turn to beside those who were asked."""
        return frozenset()

    @abc.abstractmethod
    def enter(self, node: NodePlan, token: Token, walk: Walk) -> None:
        """A token arrives: leave, wait, or block."""

    def decide(self, node: NodePlan, token: Token, event: Event, walk: Walk) -> None:
        """Somebody decides at a waiting token; by default nobody is asked, so nothing happens."""
        return

    def replaced(self, node: NodePlan, token: Token, walk: Walk) -> None:
        """Somebody asked at a waiting token has been replaced; by default that decides nothing."""
        return

    def timer(self, node: NodePlan, token: Token, event: Event, walk: Walk) -> None:
        """A timer of a waiting token fires; by default there is none."""
        return
