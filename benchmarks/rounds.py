"""Measures two ways of doing the same in turns, so that a busy machine burdens both alike.

Each round does so many calls of the one and as many of the other; the medians of the rounds count.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.figure import Figure

Call = Callable[[int], object]
WARM = 10


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds per call: by the clock, of this process's CPU, of the database session's CPU."""

    wall: float
    own: float
    database: float

    @property
    def cpu(self) -> float:
        """Both processes together."""
        return self.own + self.database


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing the work, and the process that serves its database session."""

    call: Call
    session: int


def compared(ours: Way, bare: Way, *, rounds: int = 9, times: int = 20) -> tuple[Cost, Cost]:
    """What a call of each costs. Calls get a number of their own, from 0 up."""
    numbers = iter(range(10**9))
    for way in (ours, bare):
        for _ in range(WARM):
            way.call(next(numbers))
    found: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(rounds):
        for way, costs in zip((ours, bare), found, strict=True):
            costs.append(_cost(way, times, numbers))
    return _middle(found[0]), _middle(found[1])


def _cost(way: Way, times: int, numbers: Iterator[int]) -> Cost:
    database, own, wall = cpu_of(way.session), time.process_time(), time.perf_counter()
    for _ in range(times):
        way.call(next(numbers))
    wall, own = time.perf_counter() - wall, time.process_time() - own
    scale = 1000 / times
    return Cost(wall * scale, own * scale, (cpu_of(way.session) - database) * scale)


def _middle(costs: list[Cost]) -> Cost:
    return Cost(
        median(each.wall for each in costs),
        median(each.own for each in costs),
        median(each.database for each in costs),
    )


def cpu_of(process: int) -> float:
    """Seconds of CPU that a process of one thread has had; the kernel counts nanoseconds."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9


def figures(name: str, ours: Cost, bare: Cost, budget: str) -> Iterator[Figure]:
    """The usual lines of a comparison; the budget is one of CPU."""
    yield Figure(f"{name}: CPU, web + database", ours.cpu, "ms", bare.cpu, budget)
    yield Figure(f"{name}: of it the web process", ours.own, "ms", bare.own)
    yield Figure(f"{name}: of it the database", ours.database, "ms", bare.database)
    yield Figure(f"{name}: by the clock", ours.wall, "ms", bare.wall)
