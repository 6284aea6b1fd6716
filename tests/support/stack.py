"""Starts a whole installation of its own for a test: real processes, free ports, an empty home."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import redis

from config.local import process
from config.local.home import BASE
from config.local.ports import free_port

ADMIN_PASSWORD = "joinery-without-nails-7"
NOT_INHERITED = ("DATABASE_URL", "REDIS_URL", "PYTEST_CURRENT_TEST")


@dataclass(slots=True)
class Stack:
    """A running installation; `url` answers as soon as the stack exists."""

    home: Path
    port: int
    variables: dict[str, str] = field(repr=False)
    supervisor: subprocess.Popen[bytes] | None = None
    admin_username: str = "admin"
    admin_password: str = ADMIN_PASSWORD

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "supervisor.log"

    def start(self) -> None:
        """Start the supervisor and wait until it says that all is ready."""
        self.launch()
        self.wait_until_ready()

    def launch(self) -> None:
        """Start the supervisor without waiting."""
        self.log.unlink(missing_ok=True)
        self.supervisor = process.start(
            [sys.executable, "-m", "config.local.run"],
            log=self.log,
            variables=self.variables,
            folder=BASE,
        )

    def wait_until_ready(self, seconds: float = 240) -> None:
        assert self.supervisor is not None
        if not process.wait_until(
            lambda: "Mortise is ready" in self.output(), seconds=seconds, alive=[self.supervisor]
        ):
            raise RuntimeError("The stack did not start:\n" + self.output())

    def output(self) -> str:
        """What the supervisor has printed since it was started."""
        return self.log.read_text() if self.log.exists() else ""

    def pid(self, name: str) -> int:
        """The process that is `postgres`, `redis`, `web`, `worker` or `clock` at this moment."""
        return int(json.loads((self.home / "processes.json").read_text())[name])

    def address(self, name: str) -> str:
        """`DATABASE_URL` or `REDIS_URL` of this stack."""
        return str(json.loads((self.home / "environment.json").read_text())[name])

    def kill(self, name: str) -> None:
        """SIGKILL a process and all that it started, as a crash would; the supervisor restarts it.

        Returns when the supervisor has a successor for it.
        """
        killed = self.pid(name)
        with suppress(ProcessLookupError):
            os.killpg(killed, signal.SIGKILL)
        if not process.wait_until(lambda: self.pid(name) != killed, seconds=60):
            raise RuntimeError(f"{name} was not started again:\n{self.output()}")

    def redis_flush(self) -> None:
        """FLUSHALL: every message that was waiting for a worker is gone."""
        with redis.Redis.from_url(self.address("REDIS_URL")) as connection:
            connection.flushall()

    def is_healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_healthy(self, seconds: float = 60) -> None:
        if not process.wait_until(self.is_healthy, seconds=seconds):
            raise RuntimeError("The stack is not healthy:\n" + self.output())

    def processes(self) -> list[psutil.Process]:
        """Every living process of this installation except the supervisor."""
        return process.marked(self.home)

    def stop(self) -> None:
        """Ask the supervisor to stop everything, as Ctrl-C does."""
        if self.supervisor is not None:
            process.stop(self.supervisor, polite=signal.SIGINT, patience=60)
            self.supervisor = None

    def remove(self) -> None:
        """Stop and leave nothing on the disk, whatever state the stack is in."""
        self.stop()
        process.stop_leftovers(self.home)
        servers = (self.home / "servers").resolve()
        shutil.rmtree(servers, ignore_errors=True)
        shutil.rmtree(self.home, ignore_errors=True)


def new_stack(*, demo: bool = False, **variables: str) -> Stack:
    """A stack that has not been started yet; `variables` are added to its environment."""
    home = Path(tempfile.mkdtemp(prefix="mortise-stack-"))
    home.chmod(0o755)  # the embedded servers may run as another user
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return Stack(
        home,
        port,
        {
            **inherited,
            "MORTISE_HOME": str(home),
            "MORTISE_ADMIN_PASSWORD": ADMIN_PASSWORD,
            "MORTISE_DEMO": "1" if demo else "0",
            "MORTISE_LASTING": "0",
            "PORT": str(port),
            **variables,
        },
    )


@contextmanager
def running_stack(*, demo: bool = False, **variables: str) -> Iterator[Stack]:
    """A started stack, removed afterwards."""
    stack = new_stack(demo=demo, **variables)
    try:
        stack.start()
        yield stack
    finally:
        stack.remove()
