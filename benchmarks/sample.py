"""What is measured: an application with 100,000 opportunities that belong to 1,000 customers.

`BENCH_RECORDS=1000000` makes it a million.
"""

from __future__ import annotations

import itertools
import json
import os
from functools import cache
from typing import Any

from benchmarks import installation

RECORDS = int(os.environ.get("BENCH_RECORDS", "100000"))
CUSTOMERS = 1_000
APP = "bench"
ROOT = f"/api/apps/{APP}/records"
TABLE = "app_bench.opportunity"
SUPERIOR = "head"

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
    "quote": {
        "kind": "form",
        "key": "quote",
        "format": 1,
        "label": "报价",
        "title": "{{name}}",
        "fields": {
            "name": {"type": "text", "label": "名称"},
            "total": {"type": "money", "label": "合计"},
        },
    },
}


def _report(key: str, dimensions: list[Any], measures: list[Any], chart: str) -> dict[str, Any]:
    return {
        "kind": "report",
        "key": key,
        "format": 1,
        "label": key,
        "form": "opportunity",
        "dimensions": dimensions,
        "measures": measures,
        "chart": {"type": chart},
    }


TOTALS = [{"of": "count"}, {"of": "sum", "field": "amount"}]
REPORTS = {
    "stages": _report("stages", [{"field": "stage"}], TOTALS, "bar"),
    "months": _report(
        "months", [{"field": "expected_close", "by": "month"}, {"field": "region"}], TOTALS, "table"
    ),
}
# The flow of `reference/flows.md`: six nodes in two transactions, one approval between them.
APPROVAL = {
    "kind": "flow",
    "key": "approval",
    "format": 1,
    "label": "报价审批",
    "form": "quote",
    "start": {"event": "manual"},
    "nodes": {
        "start": {"type": "start"},
        "size": {"type": "exclusive"},
        "manager": {"type": "approve", "who": [{"type": "manager", "of": "starter", "level": 1}]},
        "mark": {"type": "act", "do": [{"action": "set", "values": {"name": "name + '!'"}}]},
        "again": {"type": "exclusive"},
        "end": {"type": "end"},
    },
    "edges": [
        {"from": "start", "to": "size"},
        {"from": "size", "to": "manager", "when": "total > 5000"},
        {"from": "size", "to": "end", "default": True},
        {"from": "manager", "to": "mark", "on": "agreed"},
        {"from": "manager", "to": "end", "on": "refused"},
        {"from": "mark", "to": "again"},
        {"from": "again", "to": "end", "default": True},
    ],
}

# A wait in the middle, for timers; and five nodes that need nobody, for draining.
WAIT = {
    **APPROVAL,
    "key": "pause",
    "nodes": {
        "start": {"type": "start"},
        "wait": {"type": "wait", "for": "30d"},
        "end": {"type": "end"},
    },
    "edges": [{"from": "start", "to": "wait"}, {"from": "wait", "to": "end"}],
}
AUTOMATIC = {
    **APPROVAL,
    "key": "automatic",
    "nodes": {
        "start": {"type": "start"},
        **{f"choice{n}": {"type": "exclusive"} for n in range(3)},
        "end": {"type": "end"},
    },
    "edges": [
        {"from": "start", "to": "choice0"},
        {"from": "choice0", "to": "choice1", "default": True},
        {"from": "choice1", "to": "choice2", "default": True},
        {"from": "choice2", "to": "end", "default": True},
    ],
}
FLOWS = (APPROVAL, WAIT, AUTOMATIC)

COLUMNS = (
    "name, customer, stage, amount, probability, expected_close, region, source, phone, urgent,"
    " notes, owner, release, created_by, updated_by, grams"
)
_names = itertools.count()


@cache
def person() -> Any:
    """The person who asks; the first call makes the installation, the application and the records.

    Who decides what he starts is his superior.
    """
    installation.set_up()
    from apps_runtime import releases
    from apps_runtime.models import Person

    head = Person.objects.create_user(SUPERIOR, name="Head")
    made = Person.objects.create_user("bench", name="Bench", superior=head)
    definitions: dict[tuple[str, str], Any] = {
        ("application", APP): {"kind": "application", "key": APP, "format": 1, "label": "Bench"},
    }
    definitions |= {("flow", str(flow["key"])): flow for flow in FLOWS}
    definitions |= {("form", key): body for key, body in FORMS.items()}
    definitions |= {("report", key): body for key, body in REPORTS.items()}
    releases.install(definitions, app_key=APP, person=made)
    with installation.bare() as connection:
        _fill(connection, made.pk)
    return made


@cache
def superior() -> Any:
    """Who decides."""
    from apps_runtime.models import Person

    return Person.objects.get(username=SUPERIOR)


def add_quotes(connection: Any, many: int) -> list[int]:
    """New quotes, for runs of flows; their ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO app_bench.quote (name, total, release)"
            " SELECT '报价' || n, 6000, 1 FROM generate_series(1, %s) AS n RETURNING id",
            (many,),
        )
        ids = [identity for (identity,) in cursor.fetchall()]
        cursor.execute("ANALYZE app_bench.quote, mortise_flow_run, mortise_assignment")
    connection.commit()
    return ids


def _fill(connection: Any, owner: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO app_bench.customer (name, release, grams)"
            " SELECT '客户' || n, 1, mortise.grams('客户' || n) FROM generate_series(1, %s) AS n",
            (CUSTOMERS,),
        )
        cursor.execute(
            f"INSERT INTO {TABLE} (name, customer, stage, amount, probability, expected_close,"
            " region, source, urgent, owner, release, created_by, updated_by, grams, updated_at)"
            " SELECT '商机' || n, 1 + n %% %s, chr(97 + n %% 5), (n::bigint * 7919) %% 100000,"
            " n %% 100,"
            " date '2026-01-01' + n %% 365, '区域' || n %% 8, '来源' || n %% 5, n %% 2 = 0, %s, 1,"
            " %s, %s, mortise.grams('商机' || n), now() - n * interval '1 minute'"
            " FROM generate_series(1, %s) AS n",
            (CUSTOMERS, owner, owner, owner, RECORDS),
        )
        cursor.execute(
            "INSERT INTO app_bench._stay (form, record, field, value, entered_at, first_entry)"
            f" SELECT 'opportunity', id, 'stage', stage, updated_at, TRUE FROM {TABLE}"
        )
        connection.commit()
        connection.autocommit = True
        cursor.execute("VACUUM ANALYZE")
        connection.autocommit = False


def body(n: int) -> dict[str, Any]:
    """A new opportunity, as somebody sends it."""
    return {
        "name": f"新商机 {next(_names)}",
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


def row(n: int, owner: int) -> tuple[Any, ...]:
    """The same as the values of `COLUMNS`, with the words that search finds it by."""
    from engines.forms.search import grams

    given = body(n)
    words = " ".join(str(given[key]) for key in ("name", "region", "source", "phone", "notes"))
    return (*given.values(), owner, 1, owner, owner, grams(words))


def changes(n: int) -> str:
    """What history and event say of it."""
    return json.dumps({key: [None, each] for key, each in body(n).items()})
