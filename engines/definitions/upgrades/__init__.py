"""Steps that lift definitions of an old format to the next; nothing else knows old formats.

A module ``NNNN_what.py`` has ``KIND``, ``TO`` (the format it leads to, one more than the format it
takes) and ``upgrade(body) -> body``, which gets a copy of its own and may change it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One step: definitions of ``kind`` in format ``to`` - 1 become format ``to``."""

    kind: str
    to: int
    upgrade: Callable[[dict[str, Any]], dict[str, Any]]


def _found() -> tuple[Upgrade, ...]:
    steps = []
    for module in sorted(each.name for each in pkgutil.iter_modules(__path__)):
        step = importlib.import_module(f"{__name__}.{module}")
        steps.append(Upgrade(step.KIND, step.TO, step.upgrade))
    return tuple(steps)


UPGRADES = _found()


def current_format(kind: str, steps: Sequence[Upgrade] = UPGRADES) -> int:
    """The format that definitions of ``kind`` have today."""
    return max((step.to for step in steps if step.kind == kind), default=1)


def upgraded(
    kind: str, body: dict[str, Any], steps: Sequence[Upgrade] = UPGRADES
) -> dict[str, Any]:
    """``body`` lifted to today's format, one step after the other."""
    for step in sorted((each for each in steps if each.kind == kind), key=lambda each: each.to):
        if body.get("format") == step.to - 1:
            body = {**step.upgrade(dict(body)), "format": step.to}
    return body
