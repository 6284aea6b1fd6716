"""`make bench`: runs every `bench_<subject>.py`, or those named, and prints their figures."""

import importlib
import pkgutil
import platform
import sys
import time
from pathlib import Path
from typing import cast

import psutil

from benchmarks.figure import HEADING, Benchmark
from tests.support import servers


def main(wanted: list[str]) -> int:
    found = [
        module.name
        for module in pkgutil.iter_modules([str(Path(__file__).parent)])
        if module.name.startswith("bench_")
    ]
    chosen = [f"bench_{name}" for name in wanted] or found
    if unknown := sorted(set(chosen) - set(found)):
        known = ", ".join(name.removeprefix("bench_") for name in found)
        print(f"No such benchmark: {', '.join(unknown)}. There are: {known}.", file=sys.stderr)
        return 1
    servers.begin_run()
    try:
        print(f"Python {platform.python_version()}, {psutil.cpu_count()} cores\n{HEADING}")
        for name in chosen:
            began = time.monotonic()
            benchmark = cast("Benchmark", importlib.import_module(f"benchmarks.{name}"))
            print(f"-- {name.removeprefix('bench_')}", flush=True)
            for figure in benchmark.measure():
                print(figure.line(), flush=True)
            print(f"   ({time.monotonic() - began:.0f} s)", flush=True)
    finally:
        servers.end_run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
