"""Runs the steps of `make check` and `make test` and says at the end which of them failed."""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from config.local.home import BASE


@dataclass(frozen=True, slots=True)
class Step:
    """One command with a name that a reader of the log understands."""

    name: str
    arguments: tuple[str, ...]


def python(name: str, *arguments: str) -> Step:
    """A step that runs a Python module."""
    return Step(name, (sys.executable, "-m", *arguments))


def run_all(*lanes: Sequence[Step]) -> list[str]:
    """Run the lanes side by side, the steps of each in order; the names of those that failed.

    With several lanes a step's output appears when it has ended, so that outputs do not mix.
    """
    with ThreadPoolExecutor(max_workers=len(lanes)) as pool:
        failed = pool.map(lambda lane: run_lane(lane, collect=len(lanes) > 1), lanes)
        return [name for names in failed for name in names]


def run_lane(steps: Sequence[Step], *, collect: bool) -> list[str]:
    failed = []
    for step in steps:
        began = time.monotonic()
        if not collect:
            print(f"== {step.name}", flush=True)
        done = subprocess.run(
            step.arguments,
            cwd=BASE,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if collect else None,
            stderr=subprocess.STDOUT if collect else None,
        )
        verdict = "failed" if done.returncode else "ok"
        output = done.stdout.decode(errors="replace") if collect and done.returncode else ""
        print(f"== {step.name}: {verdict} ({time.monotonic() - began:.0f} s)\n{output}", end="")
        sys.stdout.flush()
        if done.returncode:
            failed.append(step.name)
    return failed


def report(failed: list[str]) -> int:
    """Print the verdict; the exit code."""
    if failed:
        print(f"Failed: {', '.join(failed)}.", file=sys.stderr)
        return 1
    return 0
