"""The base of people kinds: who is asked, told, or given a record."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engines.actions.people import PeopleQuery
from engines.actions.reading import Reading
from engines.formulas.to_python import Env
from engines.texts import Text


class Assignee(abc.ABC):
    """One way to name people. ``options_schema`` leaves out ``type``, the key of the kind."""

    key: ClassVar[str]
    label: ClassVar[Text]
    order: ClassVar[int] = 1000
    options_schema: ClassVar[dict[str, Any]]

    @abc.abstractmethod
    def compile(self, options: Mapping[str, Any], reading: Reading) -> object:
        """The options, checked; problems go to ``reading``."""

    def paths(self, compiled: Any) -> frozenset[tuple[str, ...]]:
        """Link paths that ``queries`` reads."""
        return frozenset()

    @abc.abstractmethod
    def queries(self, compiled: Any, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        """The questions to the runtime for this record and the one who started."""


@dataclass(frozen=True, slots=True)
class People:
    """One compiled entry of a ``who``, ``to`` or ``among`` list."""

    kind: Assignee
    compiled: object

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """Link paths to be loaded before ``queries``."""
        return self.kind.paths(self.compiled)

    def queries(self, env: Env, starter: int | None) -> tuple[PeopleQuery, ...]:
        """The questions of this entry."""
        return self.kind.queries(self.compiled, env, starter)
