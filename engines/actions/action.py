"""The base of actions: options are compiled once; ``effects`` says what is to be done."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from engines.actions.effect import Effect
from engines.actions.people import Facts, Needs
from engines.actions.reading import Reading
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env
from engines.texts import Text

Place = Literal["before", "after", "flow"]


@dataclass(frozen=True, slots=True)
class Cause:
    """Who acts: ``name`` stays (round-robin pointers hang on it), ``key`` begins effect keys."""

    name: str
    key: str
    starter: int | None = None


class Action(abc.ABC):
    """One thing a rule or flow can do. ``options_schema`` leaves out ``action``, the key."""

    key: ClassVar[str]
    label: ClassVar[Text]
    order: ClassVar[int] = 1000
    options_schema: ClassVar[dict[str, Any]]
    places: ClassVar[frozenset[Place]]
    changes_record: ClassVar[bool] = False

    @abc.abstractmethod
    def compile(self, options: Mapping[str, Any], reading: Reading) -> object:
        """The options, checked against the forms; problems go to ``reading``."""

    def formulas(self, compiled: Any) -> tuple[Formula, ...]:
        """The formulas it evaluates; the runtime loads the link paths they read."""
        return ()

    def needs(self, compiled: Any, env: Env, starter: int | None) -> Needs:
        """People and display names to be loaded before ``effects`` is called."""
        return Needs()

    def paths(self, compiled: Any) -> frozenset[tuple[str, ...]]:
        """Further link paths it reads (templates)."""
        return frozenset()

    @abc.abstractmethod
    def effects(self, compiled: Any, env: Env, facts: Facts, cause: Cause) -> tuple[Effect, ...]:
        """What is to be done for this record."""


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """One compiled entry of a ``do`` list."""

    action: Action
    compiled: object

    @property
    def paths(self) -> frozenset[tuple[str, ...]]:
        """Link paths that must be loaded."""
        own = self.action.paths(self.compiled)
        return own.union(*(formula.paths for formula in self.action.formulas(self.compiled)))

    def needs(self, env: Env, starter: int | None) -> Needs:
        """People and names to be loaded."""
        return self.action.needs(self.compiled, env, starter)

    def effects(self, env: Env, facts: Facts, cause: Cause) -> tuple[Effect, ...]:
        """What is to be done."""
        return self.action.effects(self.compiled, env, facts, cause)
