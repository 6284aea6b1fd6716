"""Records: create one, create two hundred, list, search."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from psycopg2.extras import execute_values

from benchmarks import installation, sample
from benchmarks.figure import Figure
from benchmarks.rounds import Way, compared, figures
from benchmarks.sample import COLUMNS, RECORDS, ROOT, TABLE

BATCH = 200


def measure() -> Iterator[Figure]:
    person = sample.person()
    browser = installation.browser(person)
    session = installation.session_of_ours()
    with installation.bare() as connection:
        bare_session = connection.info.backend_pid
        yield from _statements(browser)
        created = compared(
            Way(lambda n: create(browser, n), session),
            Way(lambda n: create_bare(connection, person.pk, n), bare_session),
        )
        yield from figures("create", *created, "≤ 8 ms CPU")
        batches = compared(
            Way(lambda n: batch(browser, n), session),
            Way(lambda n: batch_bare(connection, person.pk, n), bare_session),
            rounds=5,
            times=2,
        )
        yield Figure(
            "batch of 200 with links",
            BATCH / batches[0].wall * 1000,
            "rows/s",
            BATCH / batches[1].wall * 1000,
            "≥ 0.3 of bare",
        )
        yield Figure("batch: CPU of a row", batches[0].cpu / BATCH, "ms", batches[1].cpu / BATCH)
        lists = compared(
            Way(lambda n: listed(browser), session),
            Way(lambda n: list_bare(connection), bare_session),
        )
        name = f"list of 50 of {RECORDS:,}, filter + sort"
        yield from figures(name, *lists, "≤ 6 ms CPU")
        yield from _list_statement(person, connection)
        yield _search(browser)


def create(browser: installation.Browser, n: int) -> None:
    status, answer = browser.send("POST", f"{ROOT}/opportunity", sample.body(n))
    assert status == 201, answer


def _statements(browser: installation.Browser) -> Iterator[Figure]:
    from tests.apps_runtime.statements import counted

    for n in range(3):
        create(browser, n)
    with counted() as sent:
        create(browser, 0)
    yield Figure("create: statements", len(sent), "statements", budget="≤ 8")
    listed(browser)
    with counted() as sent:
        listed(browser)
    yield Figure("list: statements", len(sent), "statements")


TOLD = "(app, form, record, {}, changes, person, through)"
HISTORY = f"INSERT INTO mortise_history {TOLD.format('action')} VALUES "
EVENT = f"INSERT INTO mortise_event {TOLD.format('kind')} VALUES "
STAY = "INSERT INTO app_bench._stay (form, record, field, value, entered_at, first_entry) VALUES "
TOLD_ROW = "('bench', 'opportunity', %s, 'created', %s, %s, '{}')"
STAY_ROW = "('opportunity', %s, 'stage', %s, now(), TRUE)"


def create_bare(connection: Any, owner: int, n: int) -> None:
    """The record, history, event and stay; four statements in one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} ({COLUMNS}) VALUES %s RETURNING id, name, version",
            (sample.row(n, owner),),
        )
        (record, *_) = cursor.fetchone()
        told = (record, sample.changes(n), owner)
        cursor.execute(HISTORY + TOLD_ROW, told)
        cursor.execute(EVENT + TOLD_ROW, told)
        cursor.execute(STAY + STAY_ROW, (record, "b"))
    connection.commit()


def batch(browser: installation.Browser, n: int) -> None:
    rows = [sample.body(n * BATCH + k) for k in range(BATCH)]
    status, answer = browser.send("POST", f"{ROOT}/opportunity/batch", {"create": rows})
    assert status == 200, answer


def batch_bare(connection: Any, owner: int, n: int) -> None:
    """The same with one statement for each table."""
    rows = [sample.row(n * BATCH + k, owner) for k in range(BATCH)]
    with connection.cursor() as cursor:
        ids = execute_values(
            cursor,
            f"INSERT INTO {TABLE} ({COLUMNS}) VALUES %s RETURNING id",
            rows,
            page_size=BATCH,
            fetch=True,
        )
        told = [(record, sample.changes(n), owner) for (record,) in ids]
        execute_values(cursor, f"{HISTORY} %s", told, template=TOLD_ROW, page_size=BATCH)
        execute_values(cursor, f"{EVENT} %s", told, template=TOLD_ROW, page_size=BATCH)
        stays = [(record, "b") for (record,) in ids]
        execute_values(cursor, f"{STAY} %s", stays, template=STAY_ROW, page_size=BATCH)
    connection.commit()


QUERY: dict[str, Any] = {"filter": "stage = 'b'", "sort": "-amount", "limit": 50, "count": "false"}
# Every member of our answer, as somebody would write it for this one table.
MOMENT = "to_char({0} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+08:00\"')"
PERSON = "json_build_object('id', {0}.id, 'name', {0}.name, 'username', {0}.username)"
BARE_LIST = f"""
SELECT json_agg(r)::text FROM (
  SELECT o.id, o.version, o.release,
    {MOMENT.format("o.created_at")} AS created_at, {PERSON.format("maker")} AS created_by,
    {MOMENT.format("o.updated_at")} AS updated_at, {PERSON.format("changer")} AS updated_by,
    o.flow_state, o.name AS label, o.name,
    json_build_object('id', c.id, 'label', c.name) AS customer, o.stage,
    o.amount::text, o.probability::text, o.expected_close, o.region, o.source, o.phone, o.urgent,
    {PERSON.format("owner")} AS owner, o.notes
  FROM (SELECT * FROM {TABLE} WHERE stage = 'b' AND deleted_at IS NULL
        ORDER BY amount DESC NULLS LAST, id DESC LIMIT 51) AS o
  LEFT JOIN app_bench.customer AS c ON c.id = o.customer AND c.deleted_at IS NULL
  LEFT JOIN mortise_person AS owner ON owner.id = o.owner
  LEFT JOIN mortise_person AS maker ON maker.id = o.created_by
  LEFT JOIN mortise_person AS changer ON changer.id = o.updated_by) AS r
"""


def listed(browser: installation.Browser) -> None:
    status, answer = browser.send("GET", f"{ROOT}/opportunity", query=QUERY)
    assert status == 200, answer


def list_bare(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE_LIST)
        cursor.fetchone()
    connection.commit()


def _list_statement(person: Any, connection: Any) -> Iterator[Figure]:
    """The statement of the list alone, both planned beforehand, in one session."""
    from apps_runtime.caller import Caller, Through, installed
    from apps_runtime.records.asking import policed
    from apps_runtime.records.listing import Wanted, query_of
    from engines.queries import list_json

    found = installed(sample.APP)
    wanted = Wanted(filter=QUERY["filter"], sort=QUERY["sort"])
    query = query_of(found, found.plan.forms["opportunity"], wanted)
    caller = Caller(person.pk, sample.APP, Through("ui"))
    statement = list_json(policed(caller, found, query, reason=""))
    with connection.cursor() as cursor:
        ours = cursor.mogrify(statement.text, statement.params).decode()
        cursor.execute(f"PREPARE ours AS {ours}")
        cursor.execute(f"PREPARE bare AS {BARE_LIST}")
        spent: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(200):
            for name, times in spent.items():
                began = time.perf_counter()
                cursor.execute(f"EXECUTE {name}")
                cursor.fetchall()
                times.append((time.perf_counter() - began) * 1000)
    connection.commit()
    yield Figure(
        "list: its statement in the database",
        median(spent["ours"]),
        "ms",
        median(spent["bare"]),
        "≤ 1.2 × bare",
    )


def _search(browser: installation.Browser) -> Figure:
    spent = []
    for n in range(25):
        wanted = f"机{RECORDS - 5 - n}"
        began = time.perf_counter()
        query = {"search": wanted, "count": "false"}
        status, answer = browser.send("GET", f"{ROOT}/opportunity", query=query)
        spent.append((time.perf_counter() - began) * 1000)
        assert status == 200, answer
        assert json.loads(answer)["records"], wanted
    return Figure(
        f"substring search in {RECORDS:,}, by the clock", median(spent), "ms", budget="≤ 20 ms"
    )
