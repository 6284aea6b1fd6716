"""Real web processes, and clients that cost little: each keeps its connection."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.installation import Browser
from config.local import process
from config.local.home import BASE
from config.local.ports import free_port, listens

PROCESSES = 2


class Web:
    """gunicorn with two processes, as `make run` starts it."""

    def __init__(self, port: int, leader: psutil.Process) -> None:
        self.port = port
        self.leader = leader

    def memory(self) -> list[float]:
        """Megabytes that each serving process has for itself, and its share of what they share."""
        return [each.memory_full_info().pss / 2**20 for each in self.leader.children()]

    def cpu(self) -> float:
        """Seconds of CPU of the serving processes."""
        return sum(sum(each.cpu_times()[:2]) for each in self.leader.children())


@contextmanager
def web() -> Iterator[Web]:
    """The web processes over the database of this run."""
    port = free_port()
    variables = {
        **os.environ,
        "PORT": str(port),
        "MORTISE_PROCESS": "web",
        "MORTISE_WEB_PROCESSES": str(PROCESSES),
    }
    log = Path(tempfile.mkstemp(prefix="mortise-bench-web-")[1])
    with log.open("wb") as output:
        started = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "python:config.gunicorn"],
            cwd=BASE,
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        if not process.wait_until(lambda: listens(port), seconds=60, alive=[started]):
            raise RuntimeError(process.last_lines(log))
        yield Web(port, psutil.Process(started.pid))
    finally:
        process.stop(started)
        log.unlink()


def http(browser: Browser, method: str, path: str, body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    return (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"Cookie: sessionid={browser.session}; csrftoken={browser.csrf}\r\n"
        f"X-CSRFToken: {browser.csrf}\r\n\r\n"
    ).encode() + body


def rate(
    port: int, clients: list[Callable[[int], bytes]], *, seconds: float, expected: bytes
) -> tuple[float, int]:
    """Requests per second, and how many there were: each client sends one after the other."""
    done = [0] * len(clients)
    wrong: list[bytes] = []
    end = time.perf_counter() + seconds

    def work(which: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.perf_counter() < end and not wrong:
                connection.sendall(clients[which](done[which]))
                head = _answer(connection)
                if not head.startswith(b"HTTP/1.1 " + expected):
                    wrong.append(head)
                done[which] += 1

    threads = [threading.Thread(target=work, args=(which,)) for which in range(len(clients))]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(wrong[0].decode(errors="replace"))
    return sum(done) / (time.perf_counter() - began), sum(done)


def _answer(connection: socket.socket) -> bytes:
    """The head of the answer; its body is read to the end."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += _more(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    lower = head.lower()
    if b"transfer-encoding: chunked" in lower:
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(connection)
    else:
        length = int(lower.partition(b"content-length:")[2].split(b"\r\n")[0])
        while len(body) < length:
            body += _more(connection)
    return head


def _more(connection: socket.socket) -> bytes:
    found = connection.recv(65536)
    if not found:
        raise ConnectionError("the web process closed the connection")
    return found
