"""`make run`: starts the whole installation, says where it is, and stops it on Ctrl-C."""

import argparse
import fcntl
import os
import signal
import sys
import time
from contextlib import suppress
from typing import TextIO

from config.local import given, process
from config.local.binaries import Missing
from config.local.home import Home
from config.local.options import Options
from config.local.ports import is_taken
from config.local.servers import NotStarted
from config.local.supervisor import Failed, Stopped, Supervisor


def main() -> int:
    """Exit code: 0 after a wanted stop, 1 when it could not start, with one sentence why."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--stop", action="store_true", help="stop a running installation instead")
    arguments = parser.parse_args()
    if not (3, 11) <= sys.version_info[:2] <= (3, 12):
        return refuse("Mortise needs Python 3.11 or 3.12; this is " + sys.version.split()[0] + ".")
    try:
        home = Home.of_environment()
        options = Options.of_environment()
    except (ValueError, OSError) as problem:
        return refuse(f"{problem}.")
    if arguments.stop:
        return stop(home)
    lock = take_lock(home)
    if lock is None:
        return refuse(
            f"Mortise already runs from {home.root} ({lock_holder(home)}); make stop ends it."
        )
    with lock:
        return run(home, options)


def run(home: Home, options: Options) -> int:
    if left := process.stop_leftovers(home.root):
        print(f"Stopped {left} processes that an earlier run had left behind.", flush=True)
    if is_taken(options.port, options.host):
        return refuse(
            f"Port {options.port} is used by another program; PORT={options.port + 1} make run"
            " takes another one."
        )
    supervisor = Supervisor(home, options)
    supervisor.listen_for_signals()
    began = time.monotonic()
    print("Starting … 正在启动 …", flush=True)
    try:
        supervisor.start()
        announce(supervisor, time.monotonic() - began)
        supervisor.watch()
    except Stopped:
        pass
    except (Failed, NotStarted, Missing, given.Unfit) as failure:
        return refuse(str(failure))
    finally:
        print("\nStopping … 正在停止 …", flush=True)
        supervisor.stop()
    return 0


def announce(supervisor: Supervisor, seconds: float) -> None:
    """Print the address and how to sign in, in both languages."""
    username = supervisor.sign_in.get("username", "admin")
    chinese, english = "密码为首次启动时设置的密码", "password as set on the first start"
    if supervisor.home.sign_in.exists():
        password = supervisor.home.sign_in.read_text().splitlines()[-1]
        chinese, english = f"密码 {password}", f"password {password}"
    print(
        f"\n  榫卯已就绪  {supervisor.url}   用户名 {username}  {chinese}\n"
        f"  Mortise is ready  {supervisor.url}   username {username}  {english}\n"
        f"  ({seconds:.1f} s; Ctrl-C stops everything, logs in {supervisor.home.logs})\n",
        flush=True,
    )


def take_lock(home: Home) -> TextIO | None:
    """The lock of this home, or None while another supervisor holds it.

    The kernel lets go of it when its holder dies, however that happens: it is never stale.
    """
    lock = (home.root / "supervisor.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def lock_holder(home: Home) -> str:
    return f"process {(home.root / 'supervisor.lock').read_text()}"


def stop(home: Home) -> int:
    """End the supervisor of this home, if there is one, and whatever a killed one left."""
    lock = take_lock(home)
    if lock is None:
        with suppress(ProcessLookupError, ValueError):
            os.kill(int((home.root / "supervisor.lock").read_text()), signal.SIGTERM)
        if not process.wait_until(lambda: (take_lock(home)) is not None, seconds=60):
            return refuse("The running installation did not stop within a minute.")
    left = process.stop_leftovers(home.root)
    print(f"Stopped. ({left} processes were left behind.)" if left else "Stopped.")
    return 0


def refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
