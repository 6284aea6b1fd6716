"""An installation to measure: its own database, one application, many records."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import psycopg2

from config import environment
from tests.support import servers

DATABASE = "bench"


def set_up() -> None:
    """Point Django at a fresh database of the test servers and migrate it; once per process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["DATABASE_URL"] = fresh(DATABASE)
    os.environ["REDIS_URL"] = servers.addresses().redis_url
    os.environ["MORTISE_LOG"] = "ERROR"
    os.environ["MORTISE_FILES"] = tempfile.mkdtemp(prefix="mortise-bench-")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fresh(name: str) -> str:
    """The address of an empty database on the servers of this run."""
    url = servers.addresses().database_url.rpartition("/")[0]
    connection = psycopg2.connect(f"{url}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return f"{url}/{name}"


@contextmanager
def bare() -> Iterator[Any]:
    """A plain psycopg2 connection to the same database."""
    options = environment.database(os.environ["DATABASE_URL"], options="-c jit=off")
    connection = psycopg2.connect(
        host=options["HOST"],
        port=options["PORT"],
        user=options["USER"],
        password=options["PASSWORD"],
        dbname=options["NAME"],
    )
    try:
        yield connection
    finally:
        connection.close()


@dataclass
class Browser:
    """Sends requests straight into the WSGI application, with a session, as a worker gets them."""

    session: str
    csrf: str = "a" * 32

    def send(
        self, method: str, path: str, body: Any = None, query: dict[str, Any] | None = None
    ) -> tuple[int, bytes]:
        from config.wsgi import application

        content = b"" if body is None else json.dumps(body).encode()
        status: list[int] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": urlencode(query or {}),
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(content)),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": f"sessionid={self.session}; csrftoken={self.csrf}",
            "HTTP_X_CSRFTOKEN": self.csrf,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": BytesIO(content),
            "wsgi.url_scheme": "http",
            "wsgi.errors": BytesIO(),
        }

        def start(line: str, headers: Any, info: Any = None) -> Any:
            status.append(int(line.split()[0]))

        answer = application(environ, start)
        found = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
        return status[0], found


def browser(person: Any) -> Browser:
    """A signed-in browser."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    return Browser(client.cookies["sessionid"].value)


def session_of_ours() -> int:
    """The process that serves this process's own database session."""
    from django.db import connection

    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)
