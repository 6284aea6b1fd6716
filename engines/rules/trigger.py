"""The base of triggers: does an event concern a rule; the next moment of one that waits."""

from __future__ import annotations

import abc
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Literal

from engines.actions.reading import Reading
from engines.formulas.compile import Formula
from engines.formulas.to_python import Env
from engines.formulas.types import Value
from engines.texts import Text

Phase = Literal["before", "after"]


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as rules see it: created, updated, deleted, schedule or reached.

    ``changed`` names the fields that differ (all given ones for a new record); ``written`` are the
    values that this event wrote, which later ones may have changed before a rule looks.
    """

    kind: str
    changed: frozenset[str] = frozenset()
    written: Mapping[str, Value] = field(default_factory=dict)


class Trigger(abc.ABC):
    """One way to be set off. ``options_schema`` leaves out ``event``, the key of the kind.

    ``happenings`` are the events it listens to; ``old`` says that formulas may read ``old.…``;
    ``phases`` where its rules may run.
    """

    key: ClassVar[str]
    label: ClassVar[Text]
    order: ClassVar[int] = 1000
    options_schema: ClassVar[dict[str, Any]]
    happenings: ClassVar[frozenset[str]]
    phases: ClassVar[frozenset[Phase]] = frozenset({"after"})
    old: ClassVar[bool] = False

    def compile(self, options: Mapping[str, Any], reading: Reading) -> object:
        """The options, checked; problems go to ``reading``."""
        return None

    def concerns(self, compiled: Any, happening: Happening) -> bool:
        """True when this event sets the rule off, as far as the event itself tells."""
        return happening.kind in self.happenings

    def met(self, when: Formula | None, env: Env, happening: Happening) -> bool | None:
        """A condition of the trigger's own about ``when``; None: ``when`` as usual."""
        return None

    def next_after(self, compiled: Any, moment: datetime, zone: str) -> datetime | None:
        """The next moment of a trigger that runs by the clock."""
        return None
