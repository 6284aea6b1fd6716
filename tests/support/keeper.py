"""Keeps one test run's Postgres and Redis: `python -m tests.support.keeper FOLDER PID`.

It starts the servers as its own children, writes their addresses to FOLDER/addresses.json, and ends
when process PID (the test run) does, however that happens. Then it stops them and removes FOLDER.
"""

import json
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

from config.local import process, servers
from config.local.home import Home, write_private


def main(folder: Path, run: int) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    home = Home(folder)
    variables = {**os.environ, process.MARK: str(folder)}
    place = home.servers()
    postgres = servers.embedded_postgres(place, home.secret("postgres"), lasting=False)
    redis = servers.embedded_redis(place, home.secret("redis"))
    children = []
    try:
        postgres.make()
        children = [
            postgres.start(home.logs / "postgres.log", variables),
            redis.start(home.logs / "redis.log", variables),
        ]
        for server in (postgres, redis):
            if not process.wait_until(server.is_ready, seconds=60, alive=children):
                raise servers.NotStarted(process.last_lines(home.logs / "postgres.log"))
        postgres.make_database()
        write_private(
            folder / "addresses.json",
            json.dumps(
                {"database_url": postgres.url, "redis_url": redis.url, "keeper": os.getpid()}
            ),
        )
        wait_for_end_of(run)
    finally:
        for child in children:
            process.stop(child, polite=signal.SIGINT)
        if place.parent != folder:
            shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def wait_for_end_of(pid: int) -> None:
    """Return when the process has ended; at once if it is not there."""
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            time.sleep(0.2)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
