"""Eight clients over two web processes: requests a second, CPU of a request, memory afterwards."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from urllib.parse import quote

from benchmarks import bench_records, installation, sample, served
from benchmarks.figure import Figure
from benchmarks.sample import ROOT

CLIENTS = 8
SECONDS = 4.0
ROUNDS = 3


def measure() -> Iterator[Figure]:
    person = sample.person()
    browsers = [installation.browser(person) for _ in range(CLIENTS)]
    query = "&".join(f"{key}={quote(str(each))}" for key, each in bench_records.QUERY.items())

    def create(browser: installation.Browser) -> Callable[[int], bytes]:
        return lambda n: served.http(
            browser, "POST", f"{ROOT}/opportunity", json.dumps(sample.body(n)).encode()
        )

    def listed(browser: installation.Browser) -> Callable[[int], bytes]:
        request = served.http(browser, "GET", f"{ROOT}/opportunity?{query}")
        return lambda n: request

    with served.web() as web:
        yield from _work(web, "create", [create(each) for each in browsers], b"201", "≥ 400")
        yield Figure(
            "create, the same 8 clients straight to Postgres", _bare_rate(person.pk), "per s"
        )
        yield from _work(web, "list", [listed(each) for each in browsers], b"200", "")
        for size in web.memory():
            yield Figure("memory of a web process after that", size, "MB", budget="≤ 150 MB")


def _work(
    web: served.Web, name: str, clients: list[Callable[[int], bytes]], expected: bytes, budget: str
) -> Iterator[Figure]:
    """The best of the rounds: what others do on this machine only ever takes away."""
    served.rate(web.port, clients, seconds=1.0, expected=expected)
    rates, costs = [], []
    for _ in range(ROUNDS):
        before = web.cpu()
        found, count = served.rate(web.port, clients, seconds=SECONDS, expected=expected)
        costs.append((web.cpu() - before) / count * 1000)
        rates.append(found)
    yield Figure(f"{name}: {CLIENTS} clients, 2 web processes", max(rates), "per s", budget=budget)
    yield Figure(f"{name}: CPU of the web processes a request", min(costs), "ms")


def _bare_rate(owner: int) -> float:
    """As many connections that write the same by hand."""
    done = [0] * CLIENTS
    end = time.perf_counter() + SECONDS

    def work(which: int) -> None:
        with installation.bare() as connection:
            while time.perf_counter() < end:
                bench_records.create_bare(connection, owner, done[which])
                done[which] += 1

    threads = [threading.Thread(target=work, args=(which,)) for which in range(CLIENTS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began)
