"""What a wrong DATABASE_URL or REDIS_URL is answered with: one sentence, and no secret in it."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg2
import pytest

from config.local.given import Unfit, check_database, check_redis


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port that is taken and never answers as a server of ours."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        yield int(silent.getsockname()[1])


def refusal_of_database(url: str) -> str:
    with pytest.raises(Unfit) as refused:
        check_database(url, patience=0)
    return str(refused.value)


def refusal_of_redis(url: str) -> str:
    with pytest.raises(Unfit) as refused:
        check_redis(url, patience=0)
    return str(refused.value)


def test_servers_that_fit_are_taken(database_url: str, redis_url: str) -> None:
    check_database(database_url)
    check_redis(redis_url)


def test_a_database_that_is_not_there(closed_port: int) -> None:
    found = refusal_of_database(f"postgresql://me:hush@127.0.0.1:{closed_port}/x")
    assert found.startswith(f"The Postgres of DATABASE_URL at 127.0.0.1:{closed_port} cannot be")
    assert "Connection refused" in found
    assert "hush" not in found
    assert len(found.splitlines()) == 1


def test_a_wrong_password_and_a_wrong_name(database_url: str) -> None:
    parts = urlsplit(database_url)
    at = f"{parts.hostname}:{parts.port}"
    wrong = refusal_of_database(f"postgresql://{parts.username}:no@{at}/mortise")
    assert "password authentication failed" in wrong
    missing = refusal_of_database(database_url.rpartition("/")[0] + "/no_such_database")
    assert 'database "no_such_database" does not exist' in missing


def test_what_is_no_address() -> None:
    assert refusal_of_database("mysql://me@host/x") == "DATABASE_URL must begin with postgresql://."
    assert refusal_of_redis("host:6379") == "REDIS_URL must begin with redis://."


def test_a_database_in_which_nothing_may_be_made(database_url: str) -> None:
    connection = psycopg2.connect(database_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE given_reader LOGIN PASSWORD 'reads'")
        try:
            parts = urlsplit(database_url)
            at = f"{parts.hostname}:{parts.port}{parts.path}"
            found = refusal_of_database(f"postgresql://given_reader:reads@{at}")
            assert found == (
                "The database user given_reader of DATABASE_URL may not make schemas there: make it"
                " the owner of the database."
            )
        finally:
            cursor.execute("DROP ROLE given_reader")
    connection.close()


def test_a_database_in_another_encoding(database_url: str) -> None:
    connection = psycopg2.connect(database_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE DATABASE given_latin TEMPLATE template0 ENCODING 'LATIN1'"
            " LOCALE_PROVIDER libc LOCALE 'C'"
        )
        try:
            found = refusal_of_database(database_url.rpartition("/")[0] + "/given_latin")
            assert found == "The database that DATABASE_URL names is encoded in LATIN1, not UTF8."
        finally:
            cursor.execute("DROP DATABASE given_latin")
    connection.close()


def test_a_redis_that_is_not_there_or_wants_another_password(
    closed_port: int, redis_url: str
) -> None:
    found = refusal_of_redis(f"redis://:hush@127.0.0.1:{closed_port}/0")
    assert found.startswith(f"The Redis of REDIS_URL at 127.0.0.1:{closed_port} cannot be used")
    assert "hush" not in found
    parts = urlsplit(redis_url)
    wrong = refusal_of_redis(f"redis://:no@{parts.hostname}:{parts.port}/0")
    assert "WRONGPASS" in wrong or "invalid" in wrong.lower()
    assert len(wrong.splitlines()) == 1
