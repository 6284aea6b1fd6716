"""The Postgres and the Redis of this test run: started when a test first needs them.

All xdist workers of a run share them; `DATABASE_URL` and `REDIS_URL` replace them.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from config.local import process
from config.local.home import BASE

RUN = "MORTISE_TEST_RUN"  # the process that the servers must not outlive


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where this run's servers are."""

    database_url: str
    redis_url: str


def begin_run() -> None:
    """Remember the process that runs the tests; its workers inherit this."""
    os.environ[RUN] = str(os.getpid())


def end_run() -> None:
    """Stop the servers if any were started, and wait until they are gone."""
    found = read(folder_of_run())
    if found is not None:
        with suppress(ProcessLookupError):
            os.kill(int(found["keeper"]), signal.SIGTERM)
        process.wait_until(lambda: not folder_of_run().exists(), seconds=20)
    folder_of_run().with_suffix(".lock").unlink(missing_ok=True)


def addresses() -> Addresses:
    """The servers' addresses; starts them on the first call of the run."""
    given = Addresses(os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", ""))
    if given.database_url and given.redis_url:
        return given
    folder = folder_of_run()
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = read(folder) or start(folder)
    return Addresses(
        given.database_url or str(found["database_url"]), given.redis_url or str(found["redis_url"])
    )


def start(folder: Path) -> dict[str, object]:
    """Start the keeper and wait for the addresses that it writes."""
    folder.mkdir(mode=0o755, exist_ok=True)
    folder.chmod(0o755)  # the servers may run as another user
    log = folder / "keeper.log"
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.support.keeper", str(folder), os.environ[RUN]],
            cwd=BASE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    if not process.wait_until(lambda: read(folder) is not None, seconds=90, alive=[keeper]):
        raise RuntimeError("The test servers did not start: " + process.last_lines(log))
    found = read(folder)
    assert found is not None
    return found


def folder_of_run() -> Path:
    return Path(tempfile.gettempdir()) / f"mortise-tests-{os.environ[RUN]}"


def read(folder: Path) -> dict[str, object] | None:
    try:
        return dict(json.loads((folder / "addresses.json").read_text()))
    except OSError:
        return None
