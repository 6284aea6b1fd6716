"""Fixtures of all tests: servers on demand, a database per worker, a clean state between tests."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, connections

from config import environment
from tests.support import servers


def pytest_configure(config: pytest.Config) -> None:
    """Only the process that runs the tests, not an xdist worker, owns the servers."""
    if not hasattr(config, "workerinput"):
        servers.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        servers.end_run()


@pytest.fixture(scope="session")
def database_url() -> str:
    """A real Postgres for tests that speak SQL without Django: make schemas of your own in it."""
    return servers.addresses().database_url


@pytest.fixture(scope="session")
def redis_url(request: pytest.FixtureRequest) -> str:
    """A real Redis; each xdist worker has a database of its own in it."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "gw0")
    return f"{servers.addresses().redis_url.rpartition('/')[0]}/{int(worker[2:]) % 16}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, database_url: str, redis_url: str
) -> None:
    """Point Django and Celery at this run's servers before pytest-django makes the database."""
    found = environment.database(database_url, options="-c jit=off")
    for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
        connections["default"].settings_dict[name] = found[name]
    settings.DATABASE_URL = database_url
    settings.REDIS_URL = settings.CELERY_BROKER_URL = redis_url

    from config.celery import app  # reads the settings when it is first used

    app.conf.broker_url = redis_url


@pytest.fixture(autouse=True)
def _committed_records_do_not_outlive_a_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Drop the schemas of applications that a test committed, and empty the history.

    A test in a transaction rolls its tables back; one that commits (`transaction=True`) leaves
    them, because Django empties only the tables that it manages.
    """
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (
        marker is not None and bool(marker.kwargs.get("transaction"))
    )
    if not commits:
        yield
        return
    # Asked for here, so that it is torn down later: Django cannot empty tables that others
    # still point to.
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute(r"SELECT nspname FROM pg_namespace WHERE nspname LIKE 'app\_%'")
        for (schema,) in cursor.fetchall():
            cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
        cursor.execute("TRUNCATE mortise_history")
