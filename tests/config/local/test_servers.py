"""The embedded servers are made whole or not at all, and a test run leaves none behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2
import pytest

from config.local import process
from config.local.home import BASE
from tests.support import servers


def test_the_cluster_is_postgres_18_with_the_builtin_locale(database_url: str) -> None:
    connection = psycopg2.connect(database_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int / 10000, datlocprovider,"
                " datlocale, pg_encoding_to_char(encoding), current_setting('jit')"
                " FROM pg_database WHERE datname = current_database()"
            )
            assert cursor.fetchone() == (18, "b", "C.UTF-8", "UTF8", "off")
    finally:
        connection.close()


def test_the_cluster_refuses_a_wrong_password(database_url: str) -> None:
    scheme, _, rest = database_url.partition("://")
    wrong = f"{scheme}://mortise:wrong@{rest.partition('@')[2]}"
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(wrong)


@pytest.fixture
def stranger() -> Iterator[subprocess.Popen[bytes]]:
    """A process that stands for a test run."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield child
    child.kill()
    child.wait()


@pytest.mark.stack
def test_the_servers_end_when_the_test_run_is_killed(
    stranger: subprocess.Popen[bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = Path("/tmp") / f"mortise-keeper-{stranger.pid}"  # noqa: S108
    folder.mkdir(mode=0o755)
    keeper = subprocess.Popen(
        [sys.executable, "-m", "tests.support.keeper", str(folder), str(stranger.pid)],
        cwd=BASE,
        env={**os.environ},
    )
    assert process.wait_until(lambda: servers.read(folder) is not None, seconds=60, alive=[keeper])
    children = psutil.Process(keeper.pid).children()
    assert {child.name() for child in children} == {"postgres", "redis-server"}
    stranger.kill()
    stranger.wait()
    assert keeper.wait(20) == 0
    assert not any(child.is_running() for child in children)
    assert not folder.exists()
