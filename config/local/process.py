"""Starts and stops child processes that cannot outlive the one that started them."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10 * 1024 * 1024
# Every process of an installation carries its home here, so that leftovers can be told apart.
MARK = "MORTISE_SUPERVISED"


def dies_with_parent(death_signal: signal.Signals) -> Callable[[], None]:
    """What the child does between fork and exec so that the kernel signals it when we die.

    It runs after the change of user, which would clear the setting. Elsewhere than on Linux a
    killed parent leaves its children to the next start, which stops them.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, death_signal)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def start(
    arguments: list[str],
    *,
    log: Path,
    variables: Mapping[str, str],
    death_signal: signal.Signals = signal.SIGTERM,
    user: pwd.struct_passwd | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own (Ctrl-C reaches only us), its output going to `log`."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_name(log.name + ".old"))
    with log.open("ab") as output:
        return subprocess.Popen(
            arguments,
            cwd=folder,
            env=dict(variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            preexec_fn=dies_with_parent(death_signal),  # safe: we have one thread
        )


def stop(
    child: subprocess.Popen[bytes],
    *,
    polite: signal.Signals = signal.SIGTERM,
    patience: float = 10.0,
) -> None:
    """Ask the child to end, wait `patience` seconds, then kill its whole session."""
    if child.poll() is None:
        with suppress(ProcessLookupError):
            child.send_signal(polite)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            kill_session(child)
            child.wait()


def kill_session(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and whatever it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def marked(home: Path) -> list[psutil.Process]:
    """The living processes that carry this home's mark, other than ourselves.

    Only processes whose environment we may read are seen: those of other users are not ours.
    """
    found = []
    for process in psutil.process_iter():
        if process.pid == os.getpid():
            continue
        with suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == str(home):
                found.append(process)
    return found


def stop_leftovers(home: Path, *, patience: float = 15.0) -> int:
    """Stop what a killed supervisor of this home left running; how many processes there were.

    Postgres gets SIGINT (its "fast" shutdown), everything else SIGTERM; what has not ended after
    `patience` seconds is killed.
    """
    left = marked(home)
    for process in left:
        with suppress(psutil.Error):
            polite = signal.SIGINT if process.name() == "postgres" else signal.SIGTERM
            process.send_signal(polite)
    _, stubborn = psutil.wait_procs(left, timeout=patience)
    for process in stubborn:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    return len(left)


def wait_until(
    ready: Callable[[], bool],
    *,
    seconds: float,
    alive: Iterable[subprocess.Popen[bytes]] = (),
) -> bool:
    """Ask `ready` until it says yes; False after `seconds` or when one of `alive` has ended."""
    children = list(alive)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return True
        if any(child.poll() is not None for child in children):
            return False
        time.sleep(0.05)
    return False


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for the person who must find out why a process does not start."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
