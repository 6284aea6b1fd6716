"""A database of its own for tests of SQL over form tables: people, departments and grams."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2 import sql as names

from engines.sql import Sql

MIGRATION = Path(__file__).parents[2] / "apps_runtime" / "migrations" / "0002_sql.py"

PEOPLE = """
CREATE TABLE public.mortise_person (id bigint PRIMARY KEY, name text, username text);
CREATE TABLE public.mortise_department (id bigint PRIMARY KEY, key text, name text);
INSERT INTO public.mortise_person VALUES
    (1, '张三', 'zhang'), (2, '李四', 'li'), (3, '王芳', 'wang');
INSERT INTO public.mortise_department VALUES (10, 'sales', '销售部'), (11, 'service', '服务部');
CREATE SCHEMA mortise;
"""


def grams_function() -> str:
    """The function as the migration makes it."""
    for node in ast.parse(MIGRATION.read_text()).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "GRAMS":
            return str(ast.literal_eval(node.value))
    raise AssertionError("the migration has no GRAMS")


class Records:
    """One connection in autocommit, so that concurrent index builds work."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def run(self, statement: Sql | str) -> list[tuple[Any, ...]]:
        text, params = (
            (statement, None) if isinstance(statement, str) else (statement.text, statement.params)
        )
        with self.connection.cursor() as cursor:
            cursor.execute(text, params)
            return list(cursor.fetchall()) if cursor.description else []

    def count(self, statement: Sql) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute(statement.text, statement.params)
            return int(cursor.rowcount)


@pytest.fixture(scope="session")
def _records_connection(database_url: str) -> Iterator[Any]:
    name = f"records_{os.getpid()}"
    admin = psycopg2.connect(database_url)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(names.SQL("CREATE DATABASE {}").format(names.Identifier(name)))
    parameters = psycopg2.extensions.parse_dsn(database_url) | {"dbname": name}
    connection = psycopg2.connect(**parameters, options="-c search_path=public")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE)
        cursor.execute(grams_function())
    yield connection
    connection.close()
    with admin.cursor() as cursor:
        cursor.execute(names.SQL("DROP DATABASE {}").format(names.Identifier(name)))
    admin.close()


@pytest.fixture
def records(_records_connection: Any) -> Iterator[Records]:
    """The database; schemas of applications that a test made are gone after it."""
    found = Records(_records_connection)
    yield found
    for (schema,) in found.run(r"SELECT nspname FROM pg_namespace WHERE nspname LIKE 'app\_%'"):
        found.run(f'DROP SCHEMA "{schema}" CASCADE')
