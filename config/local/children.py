"""The processes of an installation: how each is started, and stopped in order."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config.local import process
from config.local.home import BASE

SHORT_LIFE = 30.0  # seconds: a process that ends sooner is started again ever more slowly
LONGEST_PAUSE = 30.0


@dataclass(slots=True)
class Child:
    """One kind of process, the living instance of it, and when it may be started again."""

    name: str
    begin: Callable[[], subprocess.Popen[bytes]]
    polite: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    due_at: float = 0.0
    exits: list[int] = field(default_factory=list)

    def start(self) -> None:
        self.process = self.begin()
        self.started_at = time.monotonic()

    def look_after(self) -> int | None:
        """Start the process again if it has ended and its pause is over; its new exit code."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return None
            process.kill_session(self.process)  # what it started must not run beside its successor
            now = time.monotonic()
            lived = now - self.started_at
            self.failures = self.failures + 1 if lived < SHORT_LIFE else 1
            self.due_at = now + min(LONGEST_PAUSE, 0.25 * 2 ** (self.failures - 1))
            self.process = None
            self.exits.append(code)
            return code
        if time.monotonic() >= self.due_at:
            self.start()
        return None

    def stop(self) -> None:
        if self.process is not None:
            process.stop(self.process, polite=self.polite, patience=self.patience)
            process.kill_session(self.process)
            self.process = None


def stop_together(children: list[Child]) -> None:
    """Ask all of them to end at once, then wait for each."""
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.send_signal(child.polite)
    for child in children:
        child.stop()


def web(log: Path, variables: Mapping[str, str]) -> Child:
    """gunicorn, as `config.gunicorn` says."""
    arguments = [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"]
    return Child("web", lambda: begin("web", arguments, log, variables))


def worker(log: Path, variables: Mapping[str, str], *, processes: int) -> Child:
    """Celery's worker; it is safe to kill at any time, so it gets little time to end."""
    arguments = [
        *(sys.executable, "-m", "celery", "--app", "config.celery", "--skip-checks"),
        *("--quiet", "worker"),
        *("--concurrency", str(processes)),
        *("--loglevel", "WARNING"),
        *("--hostname", "worker@%h"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    ]
    return Child("worker", lambda: begin("worker", arguments, log, variables))


def clock(log: Path, variables: Mapping[str, str]) -> Child:
    """The sweep that finds due timers and work that nobody was woken for."""
    arguments = [sys.executable, "manage.py", "clock", "--skip-checks"]
    return Child("clock", lambda: begin("clock", arguments, log, variables))


def begin(
    name: str, arguments: list[str], log: Path, variables: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start one of our own processes, saying in its environment which one it is."""
    return process.start(
        arguments, log=log, variables={**variables, "MORTISE_PROCESS": name}, folder=BASE
    )
