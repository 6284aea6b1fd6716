"""Asks the servers that `DATABASE_URL` and `REDIS_URL` name whether we can work with them.

Said in one sentence before anything is started, instead of by a trace of the first query.
"""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import psycopg2
import redis

OLDEST = 15  # the oldest major version of Postgres that all tests pass on
PATIENCE = 10.0  # seconds: a server that is starting at the same moment may need as long


class Unfit(Exception):
    """A server that we are told to use cannot be used; the text says why in one sentence."""


def check_database(url: str, *, patience: float = PATIENCE) -> None:
    """Raise `Unfit` unless `url` names a database of UTF-8 text in which we may make schemas."""
    if urlsplit(url).scheme not in ("postgres", "postgresql"):
        raise Unfit("DATABASE_URL must begin with postgresql://.")

    def connect() -> None:
        connection = psycopg2.connect(url, connect_timeout=5)
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT current_setting('server_version_num')::int / 10000,"
                    " current_setting('server_encoding'),"
                    " has_database_privilege(current_database(), 'CREATE'), current_user"
                )
                version, encoding, may_create, user = cursor.fetchone() or (0, "", False, "")
        finally:
            connection.close()
        if version < OLDEST:
            raise Unfit(
                f"DATABASE_URL names a Postgres {version}; Mortise needs {OLDEST} or newer."
            )
        if encoding != "UTF8":
            raise Unfit(f"The database that DATABASE_URL names is encoded in {encoding}, not UTF8.")
        if not may_create:
            raise Unfit(
                f"The database user {user} of DATABASE_URL may not make schemas there: make it the"
                " owner of the database."
            )

    answer(
        connect,
        psycopg2.OperationalError,
        f"The Postgres of DATABASE_URL at {place(url)}",
        patience,
    )


def check_redis(url: str, *, patience: float = PATIENCE) -> None:
    """Raise `Unfit` unless `url` names a Redis that answers."""
    if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
        raise Unfit("REDIS_URL must begin with redis://.")

    def ping() -> None:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as connection:
            connection.ping()

    answer(ping, redis.RedisError, f"The Redis of REDIS_URL at {place(url)}", patience)


def answer(
    question: Callable[[], None], failure: type[Exception], who: str, patience: float
) -> None:
    """Ask until there is an answer; after `patience` seconds the last failure is the reason."""
    deadline = time.monotonic() + patience
    while True:
        try:
            question()
            return
        except failure as reason:
            if time.monotonic() > deadline:
                raise Unfit(f"{who} cannot be used: {first_line(reason)}.") from None
            time.sleep(0.25)


def place(url: str) -> str:
    """Host and port of an address, without its secrets."""
    return urlsplit(url).netloc.rpartition("@")[2]


def first_line(reason: Exception) -> str:
    """What a driver says, without the details of its following lines and the full stop."""
    return (str(reason).strip().splitlines() or [type(reason).__name__])[0].rstrip(". ")
