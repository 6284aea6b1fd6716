"""`make run` survives a kill, a crash of a part, a busy port and a second start."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.local import process
from config.local.home import BASE
from tests.support.stack import Stack, new_stack, running_stack

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("stack")]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with running_stack() as started:
        yield started


def start_beside(stack: Stack, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config.local.run"],
        cwd=BASE,
        env={**stack.variables, **variables},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_it_prints_the_address_and_the_sign_in_in_both_languages(stack: Stack) -> None:
    assert "榫卯已就绪" in stack.output() or "Mortise is ready" in stack.output()
    assert stack.url in stack.output()
    assert re.search(r"username admin", stack.output())


def test_a_second_start_from_the_same_home_is_one_sentence(stack: Stack) -> None:
    second = start_beside(stack)
    assert second.returncode == 1
    assert re.fullmatch(r"Mortise already runs from .*make stop ends it\.\n", second.stderr)
    assert stack.is_healthy()


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        refused = new_stack(PORT=str(port))
        try:
            done = start_beside(refused)
            assert done.returncode == 1
            assert done.stderr == (
                f"Port {port} is used by another program; PORT={port + 1} make run"
                " takes another one.\n"
            )
            assert refused.processes() == []
        finally:
            refused.remove()


@pytest.mark.parametrize("name", ["worker", "web", "redis", "postgres"])
def test_a_part_that_crashes_is_started_again(stack: Stack, name: str) -> None:
    stack.wait_until_healthy()
    stack.kill(name)
    stack.wait_until_healthy()


def test_after_kill_9_the_next_start_works_and_ctrl_c_leaves_nothing() -> None:
    stack = new_stack()
    try:
        stack.start()
        assert stack.supervisor is not None
        stack.supervisor.send_signal(signal.SIGKILL)
        stack.supervisor.wait()
        stack.start()  # on the same port, at once, whatever is still running
        supervisor = stack.supervisor
        stack.stop()
        assert supervisor.returncode == 0
        assert process.wait_until(lambda: stack.processes() == [], seconds=5)
    finally:
        stack.remove()


@pytest.mark.parametrize("found", ["Python 3.10", "nothing"])
def test_a_wrong_python_is_one_sentence(tmp_path: Path, found: str) -> None:
    if found != "nothing":
        fake = tmp_path / "python3"
        fake.write_text("#!/bin/sh\nexit 1\n")
        fake.chmod(0o755)
    (tmp_path / "sh").symlink_to("/bin/sh")
    done = subprocess.run(
        ["/bin/sh", str(BASE / "config" / "local" / "setup.sh"), "run"],
        cwd=tmp_path,
        env={"PATH": str(tmp_path), "HOME": os.environ.get("HOME", "/")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Mortise needs Python 3.11 or 3.12")
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / ".venv").exists()
