"""From nothing to a living installation, and the second start; with the packaged application."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks import installation
from benchmarks.figure import Figure
from config.local.home import BASE
from tests.support.stack import new_stack


def measure() -> Iterator[Figure]:
    variables = {**os.environ, "DATABASE_URL": installation.fresh("bench_start")}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    wall, cpu = spent(lambda: migrate(variables))
    yield Figure("first migrate of an empty database", wall, "s", budget="≤ 10 s")
    yield Figure("first migrate: CPU of the process", cpu, "s")
    stack = new_stack(demo=True, MORTISE_LASTING="1")
    stack.variables.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        for name, budget in (("first start, with samples", ""), ("second start", "≤ 10 s")):
            wall, _ = spent(stack.start)
            _, cpu = spent(stack.stop)
            yield Figure(name, wall, "s", budget=budget)
            yield Figure(f"{name}: CPU of all its processes, to the stop", cpu, "s")
    finally:
        stack.remove()


def migrate(variables: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        check=True,
        cwd=BASE,
        env=variables,
    )


def spent(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of the CPU of the processes that it started and that have ended."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu
