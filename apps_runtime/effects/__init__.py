"""Performs effects: one file per kind; each is harmless when it is repeated."""

from __future__ import annotations

import abc
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from apps_runtime.caller import Caller, Through
from apps_runtime.releases import Installed
from engines.actions.effect import Effect
from engines.registry import Registry
from engines.texts import Text


@dataclass(frozen=True, slots=True)
class Situation:
    """On whose behalf effects are performed: the record in hand, the rule or run that asks.

    ``chain`` and ``depth`` are those of the cause; what is written from here is one deeper.
    ``now`` is the database's clock, read once per batch.
    """

    installed: Installed
    form: str
    record: int | None
    through: Through
    now: datetime
    person: int | None = None
    chain: UUID | None = None
    depth: int = 0
    run: int | None = None

    @property
    def app(self) -> str:
        """Key of the application."""
        return self.installed.app

    def caller(self) -> Caller:
        """The application itself, one step deeper in the cascade; the history names the person."""
        return Caller.application(
            self.app,
            self.through,
            person_id=self.person,
            chain=self.chain,
            depth=self.depth + 1,
        )


Asked = tuple[Effect, Situation]


class EffectKind(abc.ABC):
    """One kind of effect. ``perform`` runs inside the transaction that records its cause."""

    key: ClassVar[str]
    label: ClassVar[Text] = {}
    options_schema: ClassVar[dict[str, Any]] = {"type": "object", "additionalProperties": False}

    @abc.abstractmethod
    def perform(self, effect: Effect, situation: Situation) -> Mapping[str, Any]:
        """Do it; what was done is told in a few plain values for the run log."""

    def perform_all(self, asked: Sequence[Asked]) -> None:
        """Do it for several causes; kinds that can, do so with one statement."""
        for effect, situation in asked:
            self.perform(effect, situation)


EFFECTS: Registry[EffectKind] = Registry(
    "effects",
    EffectKind,
)


def perform(effects: Iterable[Effect], situation: Situation) -> list[dict[str, Any]]:
    """Perform effects in order; one entry each: its kind and what was done."""
    return [
        {"effect": effect.kind, **EFFECTS[effect.kind].perform(effect, situation)}
        for effect in effects
    ]


def perform_all(causes: Sequence[tuple[Sequence[Effect], Situation]]) -> None:
    """Perform the effects of several causes: of each in its order, of all of them kind by kind.

    Causes do not wait for each other, as if they were performed at the same time.
    """
    for place in range(max((len(effects) for effects, _ in causes), default=0)):
        kinds: dict[str, list[Asked]] = {}
        for effects, situation in causes:
            if place < len(effects):
                effect = effects[place]
                kinds.setdefault(effect.kind, []).append((effect, situation))
        for kind, asked in kinds.items():
            EFFECTS[kind].perform_all(asked)


EFFECTS.discover(sys.modules[__name__])
