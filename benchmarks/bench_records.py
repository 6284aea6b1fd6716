"""Records at 100,000 (BENCH_RECORDS=1000000 for a million): create, batch, list, group, search."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

from psycopg2.extras import execute_values

from benchmarks import installation
from benchmarks.figure import Figure
from benchmarks.installation import RECORDS, Browser, Cost, bare, cost

APP = "bench"
ROOT = f"/api/apps/{APP}/records"
TABLE = "app_bench.opportunity"
CUSTOMERS = 1_000

FORMS: dict[str, dict[str, Any]] = {
    "customer": {
        "kind": "form",
        "key": "customer",
        "format": 1,
        "label": "客户",
        "title": "{{name}}",
        "fields": {"name": {"type": "text", "label": "名称", "required": True}},
    },
    "opportunity": {
        "kind": "form",
        "key": "opportunity",
        "format": 1,
        "label": "商机",
        "title": "{{name}}",
        "fields": {
            "name": {"type": "text", "label": "名称", "required": True},
            "customer": {"type": "link", "label": "客户", "form": "customer", "required": True},
            "stage": {
                "type": "choice",
                "label": "阶段",
                "default": "'a'",
                "options": [{"value": value} for value in ("a", "b", "c", "d", "e")],
            },
            "amount": {"type": "money", "label": "金额", "min": 0},
            "probability": {"type": "number", "label": "赢率", "scale": 0},
            "expected_close": {"type": "date", "label": "预计成交"},
            "region": {"type": "text", "label": "地区"},
            "source": {"type": "text", "label": "来源"},
            "phone": {"type": "phone", "label": "电话"},
            "urgent": {"type": "check", "label": "加急"},
            "owner": {"type": "person", "label": "负责人", "default": "USER()"},
            "notes": {"type": "long_text", "label": "备注"},
        },
        "views": {
            "by_amount": {
                "type": "table",
                "label": "按金额",
                "columns": ["name", "amount"],
                "sort": ["-amount"],
            }
        },
    },
}
APPLICATION = {"kind": "application", "key": APP, "format": 1, "label": "Bench"}
REPORT = {
    "kind": "report",
    "key": "stages",
    "format": 1,
    "label": "阶段",
    "form": "opportunity",
    "dimensions": [{"field": "stage"}],
    "measures": [{"of": "count"}, {"of": "sum", "field": "amount"}],
    "chart": {"type": "bar"},
}
names = itertools.count()


def measure() -> Iterator[Figure]:
    installation.set_up()
    from apps_runtime import releases
    from apps_runtime.models import Person

    person = Person.objects.create_user("bench", name="Bench")
    definitions = {("application", APP): APPLICATION, ("report", "stages"): REPORT}
    definitions |= {("form", key): body for key, body in FORMS.items()}
    releases.install(definitions, app_key=APP, person=person)
    with bare() as connection:
        _fill(connection, person.pk)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        browser = installation.browser(person)
        yield from _create(browser, connection, person.pk, pid)
        yield from _throughput(person)
        yield from _batch(browser, connection, person.pk)
        yield from _list(browser, connection, pid)
        yield from _group(browser, connection)
        yield from _search(browser, pid)


def _fill(connection: Any, person: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO app_bench.customer (name, release, grams)"
            " SELECT '客户' || n, 1, mortise.grams('客户' || n) FROM generate_series(1, %s) AS n",
            (CUSTOMERS,),
        )
        cursor.execute(
            f"INSERT INTO {TABLE} (name, customer, stage, amount, probability, expected_close,"
            " region, source, urgent, owner, release, created_by, updated_by, grams, updated_at)"
            " SELECT '商机' || n, 1 + n %% %s, chr(97 + n %% 5), (n * 7919) %% 100000, n %% 100,"
            " date '2026-01-01' + n %% 365, '区域' || n %% 8, '来源' || n %% 5, n %% 2 = 0, %s, 1,"
            " %s, %s, mortise.grams('商机' || n), now() - n * interval '1 minute'"
            " FROM generate_series(1, %s) AS n",
            (CUSTOMERS, person, person, person, RECORDS),
        )
        connection.commit()
        connection.autocommit = True
        cursor.execute("VACUUM ANALYZE")
        connection.autocommit = False


def _body(n: int) -> dict[str, Any]:
    return {
        "name": f"新商机 {next(names)}",
        "customer": 1 + n % CUSTOMERS,
        "stage": "b",
        "amount": "1200.50",
        "probability": 50,
        "expected_close": "2026-12-31",
        "region": "华东",
        "source": "展会",
        "phone": "13800138000",
        "urgent": True,
        "notes": "第一次联系",
    }


COLUMNS = (
    "name, customer, stage, amount, probability, expected_close, region, source, phone, urgent,"
    " notes, owner, release, created_by, updated_by"
)


def _row(n: int, person: int) -> tuple[Any, ...]:
    body = _body(n)
    return (*body.values(), person, 1, person, person)


def _create(browser: Browser, connection: Any, person: int, pid: int) -> Iterator[Figure]:
    def ours(n: int) -> None:
        status, answer = browser.send("POST", f"{ROOT}/opportunity", _body(abs(n)))
        assert status == 201, answer

    def by_hand(n: int) -> None:
        row = _row(abs(n), person)
        changes = json.dumps({key: [None, value] for key, value in _body(abs(n)).items()})
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {TABLE} ({COLUMNS}) VALUES %s RETURNING id, name, version", (row,)
            )
            (record, *_) = cursor.fetchone()
            cursor.execute(
                "INSERT INTO mortise_history (app, form, record, action, changes, person, through)"
                " VALUES ('bench', 'opportunity', %s, 'created', %s, %s, '{}')",
                (record, changes, person),
            )
            cursor.execute(
                "INSERT INTO mortise_event (app, form, record, kind, changes, person, through)"
                " VALUES ('bench', 'opportunity', %s, 'created', %s, %s, '{}')",
                (record, changes, person),
            )
        connection.commit()

    from tests.apps_runtime.statements import counted

    ours(0)
    with counted() as sent:
        ours(0)
    yield Figure("create over HTTP: statements", len(sent), "statements", budget="≤ 8")
    found, least = cost(ours, 200, pid), cost(by_hand, 200, pid)
    yield from _costs("create over HTTP", found, least, "≤ 8 ms CPU web + database")


def _costs(name: str, found: Cost, least: Cost | None, budget: str) -> Iterator[Figure]:
    yield Figure(f"{name}: CPU", found.cpu, "ms", least.cpu if least else None, budget)
    yield Figure(f"{name}: of it the web process", found.own, "ms", least.own if least else None)
    yield Figure(f"{name}: by the clock", found.wall, "ms", least.wall if least else None)


def _throughput(person: Any) -> Iterator[Figure]:
    """Eight threads in this one process; a real installation has several processes."""
    from django.db import connections

    each = 40
    browsers = [installation.browser(person) for _ in range(8)]

    def work(browser: Browser) -> None:
        try:
            for n in range(each):
                status, answer = browser.send("POST", f"{ROOT}/opportunity", _body(n))
                assert status == 201, answer
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(browser,)) for browser in browsers]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(browsers) * each / (time.perf_counter() - began)
    yield Figure("create, 8 clients, one process", rate, "records/s", budget="≥ 400 in 2 processes")


def _batch(browser: Browser, connection: Any, person: int) -> Iterator[Figure]:
    size, rounds = 200, 5
    began = time.perf_counter()
    for n in range(rounds):
        rows = [_body(n * size + k) for k in range(size)]
        status, answer = browser.send("POST", f"{ROOT}/opportunity/batch", {"create": rows})
        assert status == 200, answer
    ours = rounds * size / (time.perf_counter() - began)
    began = time.perf_counter()
    for n in range(rounds):
        rows = [_row(n * size + k, person) for k in range(size)]
        changes = json.dumps({key: [None, value] for key, value in _body(n).items()})
        with connection.cursor() as cursor:
            ids = execute_values(
                cursor,
                f"INSERT INTO {TABLE} ({COLUMNS}) VALUES %s RETURNING id",
                rows,
                page_size=size,
                fetch=True,
            )
            told = [(record, changes, person) for (record,) in ids]
            execute_values(
                cursor,
                "INSERT INTO mortise_history (app, form, record, action, changes, person, through)"
                " VALUES %s",
                told,
                template="('bench', 'opportunity', %s, 'created', %s, %s, '{}')",
                page_size=size,
            )
            execute_values(
                cursor,
                "INSERT INTO mortise_event (app, form, record, kind, changes, person, through)"
                " VALUES %s",
                told,
                template="('bench', 'opportunity', %s, 'created', %s, %s, '{}')",
                page_size=size,
            )
        connection.commit()
    least = rounds * size / (time.perf_counter() - began)
    yield Figure("batch of 200 with links", ours, "rows/s", least, "≥ 0.3 of bare")


def _list(browser: Browser, connection: Any, pid: int) -> Iterator[Figure]:
    query = {"filter": "stage = 'b'", "sort": "-amount", "limit": 50, "count": "false"}

    def ours(n: int) -> None:
        status, answer = browser.send("GET", f"{ROOT}/opportunity", query=query)
        assert status == 200, answer

    def by_hand(n: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT json_agg(r)::text FROM (SELECT o.id, o.version, o.name, o.stage,"
                " o.amount::text, o.probability::text, o.expected_close, o.region, o.source,"
                " o.phone, o.urgent, o.notes, json_build_object('id', c.id, 'label', c.name)"
                " AS customer, json_build_object('id', p.id, 'name', p.name) AS owner"
                f" FROM (SELECT * FROM {TABLE} WHERE stage = 'b' AND deleted_at IS NULL"
                " ORDER BY amount DESC NULLS LAST, id DESC LIMIT 51) AS o"
                " LEFT JOIN app_bench.customer AS c ON c.id = o.customer"
                " LEFT JOIN mortise_person AS p ON p.id = o.owner) AS r"
            )
            cursor.fetchone()
        connection.commit()

    found, least = cost(ours, 100, pid), cost(by_hand, 100, pid)
    yield from _costs(f"list of 50 of {RECORDS:,}, filter + sort", found, least, "≤ 6 ms CPU")
    yield Figure(
        "list: its statements in the database", found.database, "ms", least.database, "≤ 1.2 × bare"
    )


def _group(browser: Browser, connection: Any) -> Iterator[Figure]:
    def ours() -> None:
        status, answer = browser.send("GET", f"/api/apps/{APP}/reports/stages")
        assert status == 200, answer

    def by_hand() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT stage, count(*), sum(amount) FROM {TABLE}"
                " WHERE deleted_at IS NULL GROUP BY stage"
            )
            cursor.fetchall()
        connection.commit()

    yield Figure(
        f"group by over {RECORDS:,}, over HTTP", _best(ours), "ms", _best(by_hand), "≤ 1.15 × bare"
    )


def _best(call: Any, times: int = 7) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        spent.append((time.perf_counter() - began) * 1000)
    return min(spent)


def _search(browser: Browser, pid: int) -> Iterator[Figure]:
    wanted = f"机{RECORDS - 5}"

    def ours() -> None:
        status, answer = browser.send(
            "GET", f"{ROOT}/opportunity", query={"search": wanted, "count": "false"}
        )
        assert status == 200, answer
        assert json.loads(answer)["records"], wanted

    yield Figure(f"substring search in {RECORDS:,}", _best(ours), "ms", budget="≤ 20 ms")
