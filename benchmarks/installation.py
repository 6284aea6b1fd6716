"""An installation to measure: its own database, one application, many records."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import psutil
import psycopg2

from config import environment
from tests.support import servers

RECORDS = int(os.environ.get("BENCH_RECORDS", "100000"))
DATABASE = "bench_records"


def set_up() -> None:
    """Point Django at a fresh database of the test servers and migrate it."""
    url = servers.addresses().database_url
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.close()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["DATABASE_URL"] = f"{url.rpartition('/')[0]}/{DATABASE}"
    os.environ["REDIS_URL"] = servers.addresses().redis_url
    os.environ["MORTISE_LOG"] = "ERROR"
    import django
    from django.conf import settings

    if settings.configured:
        raise RuntimeError("benchmarks that need a database run in a process of their own")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


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

        def start(line: str, headers: Any, info: Any = None) -> None:
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


def database_cpu(pid: int) -> float:
    """CPU seconds of every process of the database server that `pid` belongs to, so far."""
    try:
        server = psutil.Process(pid).parent()
        processes = [] if server is None else [server, *server.children()]
    except psutil.Error:
        return 0.0
    total = 0.0
    for each in processes:
        try:
            times = each.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


@dataclass(frozen=True, slots=True)
class Cost:
    """Per call: milliseconds by the clock, of this process's CPU, of the database's CPU."""

    wall: float
    own: float
    database: float

    @property
    def cpu(self) -> float:
        """Both processes together."""
        return self.own + self.database


def cost(call: Callable[[int], object], times: int, pid: int, *, warm: int = 10) -> Cost:
    """The mean cost of `call(n)`."""
    for n in range(warm):
        call(-n - 1)
    before, own, wall = database_cpu(pid), time.process_time(), time.perf_counter()
    for n in range(times):
        call(n)
    wall, own = time.perf_counter() - wall, time.process_time() - own
    spent = database_cpu(pid) - before
    return Cost(wall / times * 1000, own / times * 1000, spent / times * 1000)
