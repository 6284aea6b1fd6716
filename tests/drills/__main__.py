"""`make drill`: SIGKILL of worker, web, Redis and FLUSHALL at random during 1,000 submissions."""

from __future__ import annotations

import argparse
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.drills.application import APP, build
from tests.drills.client import Client, signed_in
from tests.support.stack import Stack, running_stack

PASSWORD = "mortise-drill-11"
SETTLE = 60


@dataclass(slots=True)
class Journal:
    """What was acknowledged to clients: the only truth of the drill."""

    created: dict[str, int] = field(default_factory=dict)
    agreed: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(slots=True)
class Chaos:
    """Kills processes at random until told to stop."""

    stack: Stack
    seed: int
    done: threading.Event = field(default_factory=threading.Event)
    kills: Counter[str] = field(default_factory=Counter)

    def run(self) -> None:
        chance = random.Random(self.seed)
        while not self.done.wait(chance.uniform(1, 3)):
            victim = chance.choice(("worker", "worker", "web", "redis", "flush"))
            if victim == "flush":
                try:
                    self.stack.redis_flush()
                except OSError:
                    continue
            else:
                self.stack.kill(victim)
            self.kills[victim] += 1


def amount(number: int) -> str:
    """Every second submission needs an approval."""
    return "6000" if number % 2 == 0 else "100"


def submit(client: Client, journal: Journal, number: int) -> None:
    """One order; sent again under its key until it is acknowledged."""
    name = f"order-{number:05d}"
    made = client.ok(
        "POST",
        f"/api/apps/{APP}/records/order",
        {"number": name, "amount": amount(number), "state": "open"},
        key=name,
    )
    with journal.lock:
        journal.created[name] = made["id"]


def approve_until(boss: Client, journal: Journal, finished: threading.Event) -> None:
    """Agree to whatever is in the inbox until the submitters are done and it is empty."""
    while True:
        ending = finished.is_set()
        page = boss.ok("GET", "/api/assignments?box=open&limit=50")["assignments"]
        for each in page:
            status, _ = boss.call(
                "POST",
                f"/api/assignments/{each['id']}/agree",
                {"version": each["version"]},
                key=f"agree-{each['id']}",
            )
            if status == 200:
                with journal.lock:
                    journal.agreed.add(each["record"]["id"])
        if ending and not page:
            return
        if not page:
            finished.wait(0.3)


def everything(client: Client, form: str) -> list[dict[str, Any]]:
    """All records of a form, page by page."""
    found: list[dict[str, Any]] = []
    after = ""
    while True:
        page = client.ok("GET", f"/api/apps/{APP}/records/{form}?limit=200&sort=id{after}")
        found += page["records"]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


def settle(admin: Client, wanted: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], float]:
    """Orders and traces once everything due is done, and how long that took; 60 s at most."""
    start = time.monotonic()
    while True:
        orders, traces = everything(admin, "order"), everything(admin, "trace")
        waited = time.monotonic() - start
        busy = [each for each in orders if each["flow_state"] is not None]
        if (len(traces) >= wanted and not busy) or waited > SETTLE:
            return orders, traces, waited
        time.sleep(0.5)


def prepared(stack: Stack) -> tuple[Client, Client, Client]:
    """The application and its people; clients of the administrator, the boss and the agent."""
    admin = signed_in(stack.url, stack.admin_username, stack.admin_password)
    boss = admin.ok(
        "POST", "/api/people", {"username": "boss", "name": "Boss", "password": PASSWORD}
    )
    agent = admin.ok(
        "POST",
        "/api/people",
        {"username": "agent", "name": "Agent", "password": PASSWORD, "superior": boss["id"]},
    )
    build(admin)
    admin.ok(
        "PUT",
        f"/api/apps/{APP}/roles/administrator/members",
        {"people": [admin.ok("GET", "/api/session")["person"]["id"], boss["id"], agent["id"]]},
    )
    return (
        admin,
        signed_in(stack.url, "boss", PASSWORD),
        signed_in(stack.url, "agent", PASSWORD),
    )


def main() -> int:
    """Run the drill; 0 when nothing was lost and nothing done twice."""
    parser = argparse.ArgumentParser(prog="make drill")
    parser.add_argument("--submissions", type=int, default=1_000)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=20261121)
    options = parser.parse_args()
    with running_stack(demo=False) as stack:
        admin, boss, agent = prepared(stack)
        journal, finished = Journal(), threading.Event()
        chaos = Chaos(stack, options.seed)
        killer = threading.Thread(target=chaos.run, daemon=True)
        approver = threading.Thread(target=approve_until, args=(boss, journal, finished))
        start = time.monotonic()
        killer.start()
        approver.start()
        with ThreadPoolExecutor(options.clients) as clients:
            list(clients.map(lambda n: submit(agent, journal, n), range(options.submissions)))
        finished.set()
        approver.join()
        chaos.done.set()
        killer.join()
        took = time.monotonic() - start
        stack.wait_until_healthy()
        flows = sum(amount(number) == "6000" for number in range(options.submissions))
        orders, traces, waited = settle(admin, options.submissions + flows)
        return report(options.submissions, journal, orders, traces, chaos, took, waited)


def tell(line: str) -> None:
    """A line for whoever runs the drill."""
    sys.stdout.write(line + "\n")


def report(
    submissions: int,
    journal: Journal,
    orders: list[dict[str, Any]],
    traces: list[dict[str, Any]],
    chaos: Chaos,
    took: float,
    waited: float,
) -> int:
    """Compare the journal with what is there; print the figures; the exit status."""
    stored = Counter(each["number"] for each in orders)
    by_rule = Counter(each["number"] for each in traces if each["by"] == "rule")
    by_flow = Counter(each["number"] for each in traces if each["by"] == "flow")
    large = {name for name in journal.created if amount(int(name[6:])) == "6000"}
    numbers = Counter(each["no"] for each in orders)
    lost = {
        "submissions": len(journal.created.keys() - stored.keys()),
        "rule effects": len(journal.created.keys() - by_rule.keys()),
        "flow effects": len(large - by_flow.keys()),
        "approvals": sum(
            each["state"] != "approved" for each in orders if each["id"] in journal.agreed
        ),
    }
    doubled = {
        "submissions": sum(count - 1 for count in stored.values()),
        "rule effects": sum(count - 1 for count in by_rule.values()),
        "flow effects": sum(count - 1 for count in by_flow.values()),
        "serial numbers": sum(count - 1 for count in numbers.values()),
    }
    stuck = sum(each["flow_state"] is not None for each in orders)
    tell(f"submissions acknowledged  {len(journal.created)} of {submissions} in {took:.0f} s")
    tell(f"killed                    {dict(chaos.kills)} (seed {chaos.seed})")
    tell(f"lost                      {sum(lost.values())}  {lost}")
    tell(f"doubled                   {sum(doubled.values())}  {doubled}")
    tell(f"runs still open           {stuck} after {waited:.1f} s")
    good = (
        len(journal.created) == submissions
        and not any(lost.values())
        and not any(doubled.values())
        and not stuck
    )
    tell("drill passed" if good else "drill FAILED")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
