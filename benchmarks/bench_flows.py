"""Flows: an approval from start to end, draining automatic flows, firing timers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from psycopg2.extras import execute_values

from benchmarks import installation, sample
from benchmarks.figure import Figure
from benchmarks.rounds import Cost, Way, compared, cpu_of, figures
from benchmarks.sample import APP

APPROVALS = 1_000
DRAINED = 2_000
PENDING = 1_000_000
FIRED = 1_000


def measure() -> Iterator[Figure]:
    person = sample.person()
    with installation.bare() as connection:
        yield from _approval(person, connection)
        yield from _draining(person, connection)
        yield from _timers(person, connection)


def _approval(person: Any, connection: Any) -> Iterator[Figure]:
    starter = installation.browser(person)
    decider = installation.browser(sample.superior())
    quotes = iter(sample.add_quotes(connection, APPROVALS))
    bare_quotes = iter(sample.add_quotes(connection, APPROVALS))

    def started(n: int) -> int:
        status, answer = starter.send(
            "POST", f"/api/apps/{APP}/flows/approval/runs", {"record": next(quotes)}
        )
        assert status == 201, answer
        return int(json.loads(answer)["id"])

    def ours(n: int) -> None:
        run = started(n)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, version FROM mortise_assignment WHERE run_id = %s AND state = 'open'",
                (run,),
            )
            assignment, version = cursor.fetchone()
        connection.commit()
        status, answer = decider.send(
            "POST", f"/api/assignments/{assignment}/agree", {"version": version}
        )
        assert status == 200, answer

    from tests.apps_runtime.statements import counted

    for n in range(3):
        ours(n)
    with counted() as sent:
        ours(0)
    yield Figure("approval, start + decide: statements", len(sent), "statements")
    session, bare_session = installation.session_of_ours(), connection.info.backend_pid
    costs = compared(
        Way(ours, session),
        Way(
            lambda n: approve_bare(connection, person.pk, sample.superior().pk, next(bare_quotes)),
            bare_session,
        ),
    )
    yield from figures("approval, start + decide over HTTP", *costs, "")


RUN = """
INSERT INTO mortise_flow_run (app, flow, release, form, record, tokens, state, starter_id)
VALUES ('bench', 'bare', 1, 'quote', %s, %s, %s, %s) RETURNING id
"""
LOG = "INSERT INTO mortise_flow_log (run_id, seq, node, event, person, params) VALUES %s"


def approve_bare(connection: Any, starter: int, superior: int, record: int) -> None:
    """The same two transactions by hand: run, assignment, log, news; decision, record, history."""
    with connection.cursor() as cursor:
        tokens = json.dumps({"tokens": [{"id": 1, "node": "manager", "round": 1}]})
        cursor.execute(
            "SELECT total FROM app_bench.quote WHERE id = %s AND deleted_at IS NULL FOR UPDATE",
            (record,),
        )
        cursor.execute(RUN, (record, tokens, "waiting", starter))
        (run,) = cursor.fetchone()
        cursor.execute(
            "UPDATE app_bench.quote SET flow_state = %s WHERE id = %s", (f"waiting:{run}", record)
        )
        cursor.execute(
            "INSERT INTO mortise_assignment (run_id, node, token, person_id)"
            " VALUES (%s, 'manager', '1', %s) RETURNING id",
            (run, superior),
        )
        (assignment,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO mortise_notification (person_id, text, params, key)"
            " VALUES (%s, 'assigned', '{}', %s)",
            (superior, f"bare:{run}"),
        )
        nodes = ("start", "size", "manager")
        execute_values(
            cursor, LOG, [(run, n, each, "entered", starter, "{}") for n, each in enumerate(nodes)]
        )
    connection.commit()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tokens FROM mortise_flow_run WHERE id = %s FOR UPDATE", (run,))
        cursor.execute(
            "UPDATE mortise_assignment SET state = 'done', decision = 'agree', decided_at = now(),"
            " decided_by_id = %s, version = version + 1 WHERE id = %s AND state = 'open'",
            (superior, assignment),
        )
        cursor.execute(
            "UPDATE app_bench.quote SET name = name || '!', flow_state = NULL,"
            " version = version + 1, updated_at = now() WHERE id = %s",
            (record,),
        )
        told = ("bench", "quote", record, "changed", '{"name": ["a", "a!"]}', None, "{}")
        for table, kind in (("mortise_history", "action"), ("mortise_event", "kind")):
            cursor.execute(
                f"INSERT INTO {table} (app, form, record, {kind}, changes, person, through)"
                " VALUES %s",
                (told,),
            )
        cursor.execute(
            "INSERT INTO mortise_notification (person_id, text, params, key)"
            " VALUES (%s, 'agreed', '{}', %s)",
            (starter, f"bare:{run}:end"),
        )
        cursor.execute(
            "UPDATE mortise_flow_run SET state = 'done', tokens = '{}', finished_at = now(),"
            " version = version + 1 WHERE id = %s",
            (run,),
        )
        later = ("manager", "mark", "again", "end")
        execute_values(
            cursor,
            LOG,
            [(run, 3 + n, each, "entered", superior, "{}") for n, each in enumerate(later)],
        )
    connection.commit()


def _draining(person: Any, connection: Any) -> Iterator[Figure]:
    """Flows of five automatic nodes that wait for a worker."""
    from django.db import transaction

    from apps_runtime import runs
    from apps_runtime.caller import installed
    from apps_runtime.dispatch import drain_batch
    from apps_runtime.new_runs import new_run

    found = installed(APP)
    with transaction.atomic():
        for quote in sample.add_quotes(connection, DRAINED):
            new_run(found, "automatic", quote, starter=person.pk)
    ours = _drained(lambda: drain_batch(runs.SOURCE), installation.session_of_ours())
    with connection.cursor() as cursor:
        execute_values(
            cursor,
            RUN.replace("(%s, %s, %s, %s)", "%s").replace(
                "VALUES ('bench', 'bare', 1, 'quote', %s, %s, %s, %s)", "VALUES %s"
            ),
            [(quote, "{}", "ready", person.pk) for quote in sample.add_quotes(connection, DRAINED)],
            template="('bench', 'bare', 1, 'quote', %s, %s, %s, %s)",
        )
    connection.commit()
    bare = _drained(lambda: _drain_bare(connection), connection.info.backend_pid)
    name = "automatic flows of 5 nodes, one worker"
    yield Figure(name, 1000 / ours.wall, "flows/s", 1000 / bare.wall, "≥ 2,500, ≥ 0.35 of bare")
    yield Figure(f"{name}: CPU of a flow", ours.cpu, "ms", bare.cpu)


def _drained(portion: Callable[[], int], session: int) -> Cost:
    """What one flow costs, until none is ready."""
    database, own, wall = cpu_of(session), time.process_time(), time.perf_counter()
    done = 0
    while count := portion():
        done += count
    wall, own = time.perf_counter() - wall, time.process_time() - own
    assert done == DRAINED, done
    scale = 1000 / done
    return Cost(wall * scale, own * scale, (cpu_of(session) - database) * scale)


def _drain_bare(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, record FROM mortise_flow_run WHERE state = 'ready' AND flow = 'bare'"
            " ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED"
        )
        found = cursor.fetchall()
        if found:
            ids = [run for run, _ in found]
            cursor.execute(
                "UPDATE mortise_flow_run SET state = 'done', finished_at = now(),"
                " version = version + 1 WHERE id = ANY(%s)",
                (ids,),
            )
            cursor.execute(
                "UPDATE app_bench.quote SET flow_state = NULL WHERE id = ANY(%s)",
                ([record for _, record in found],),
            )
            nodes = ("start", "choice0", "choice1", "choice2", "end")
            execute_values(
                cursor,
                LOG,
                [
                    (run, n, each, "entered", None, "{}")
                    for run in ids
                    for n, each in enumerate(nodes)
                ],
                page_size=500,
            )
    connection.commit()
    return len(found)


def _timers(person: Any, connection: Any) -> Iterator[Figure]:
    """A million pending ones of which a thousand are due."""
    from django.db import connection as ours
    from django.db import transaction

    from apps_runtime import runs
    from apps_runtime.caller import installed
    from apps_runtime.dispatch import drain_batch
    from apps_runtime.new_runs import new_run
    from apps_runtime.timers import RUN_TIMERS

    found = installed(APP)
    with transaction.atomic():
        for quote in sample.add_quotes(connection, FIRED):
            new_run(found, "pause", quote, starter=person.pk)
    while drain_batch(runs.SOURCE):
        pass
    _leave_pending(connection)
    began, own = time.perf_counter(), time.process_time()
    session = installation.session_of_ours()
    database = cpu_of(session)
    fired, taking = 0, 0.0

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal taking
        asked = time.perf_counter()
        answer = execute(sql, params, many, context)
        if "mortise_timer" in sql:
            taking += time.perf_counter() - asked
        return answer

    with ours.execute_wrapper(note):
        while count := drain_batch(RUN_TIMERS):
            fired += count
    spent, own = (time.perf_counter() - began) * 1000, (time.process_time() - own) * 1000
    database = (cpu_of(session) - database) * 1000
    assert fired == FIRED, fired
    name = f"timers: {FIRED:,} due beside {PENDING:,}"
    yield Figure(f"{name}: claim and fire", taking * 1000, "ms", budget="≤ 60 ms")
    yield Figure(f"{name}: and their flows go on", spent, "ms")
    yield Figure("timers: of it CPU, worker + database", own + database, "ms")
    idle = []
    for _ in range(50):
        began = time.perf_counter()
        drain_batch(RUN_TIMERS)
        idle.append((time.perf_counter() - began) * 1000)
    yield Figure("timers: a look when none is due", median(idle), "ms", budget="≤ 0.5 ms")


def _leave_pending(connection: Any) -> None:
    """The timers that there are become due, beside a million of as many waiting runs."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE mortise_timer SET due_at = now() WHERE run_id IS NOT NULL")
        assert cursor.rowcount == FIRED, cursor.rowcount
        cursor.execute(
            "WITH waiting AS (INSERT INTO mortise_flow_run"
            " (app, flow, release, form, record, tokens, state)"
            " SELECT 'bench', 'pause', 1, 'quote', n, '{}', 'waiting'"
            " FROM generate_series(1, %s) AS n RETURNING id)"
            " INSERT INTO mortise_timer (kind, run_id, token, key, payload, due_at)"
            " SELECT 'run', id, '2', 'pending:' || id, '{}',"
            " now() + id * interval '1 second' + interval '1 day' FROM waiting",
            (PENDING,),
        )
    connection.commit()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE mortise_timer, mortise_flow_run")
    connection.autocommit = False
