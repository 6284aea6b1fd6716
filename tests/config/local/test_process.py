"""Children do not outlive us, and what a killed run left behind is found and stopped."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from config.local import process

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(600)"]
PARENT = """
import os, signal, sys
from pathlib import Path
from config.local import process
child = process.start({command!r}, log=Path({log!r}), variables=os.environ)
process.wait_until(lambda: "up" in Path({log!r}).read_text(), seconds=10)
print(child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux signals a child of a killed parent")
def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = PARENT.format(command=SLEEP, log=str(tmp_path / "log"))
    parent = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True
    )
    assert parent.returncode == -signal.SIGKILL
    child = int(parent.stdout)
    assert process.wait_until(lambda: not alive(child), seconds=10)


def test_leftovers_of_this_home_are_stopped_and_no_others(tmp_path: Path) -> None:
    ours, other = tmp_path / "ours", tmp_path / "other"
    children = [
        subprocess.Popen(SLEEP, env={**os.environ, process.MARK: str(home)}, stdout=subprocess.PIPE)
        for home in (ours, ours, other)
    ]
    try:
        for child in children:
            assert child.stdout is not None
            child.stdout.readline()
        assert process.stop_leftovers(ours) == 2
        assert [child.poll() is None for child in children] == [False, False, True]
    finally:
        for child in children:
            child.kill()
            child.communicate()


def test_a_leftover_that_ignores_the_request_is_killed(tmp_path: Path) -> None:
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True)"
    child = subprocess.Popen(
        [sys.executable, "-c", deaf + "; time.sleep(600)"],
        env={**os.environ, process.MARK: str(tmp_path)},
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    child.stdout.readline()
    assert process.stop_leftovers(tmp_path, patience=0.2) == 1
    assert not alive(child.pid)
    child.communicate()


def test_a_log_that_has_grown_too_long_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "web.log"
    log.write_text("old" * 100)
    monkeypatch.setattr(process, "LOG_LIMIT", 10)
    process.start([sys.executable, "-c", "print('new')"], log=log, variables=os.environ).wait()
    assert log.read_text() == "new\n"
    assert (tmp_path / "web.log.old").exists()


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
