"""Keeps an installation running: servers first, then web, worker and clock, until told to stop."""

import json
import select
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

from config.local import children, given, process, servers
from config.local.children import Child
from config.local.home import BASE, Home, write_private
from config.local.options import Options

HOPELESS = 5  # starts in a row that end at once: while we start, nothing will change by itself


class Failed(Exception):
    """The installation cannot start; the text says why in one sentence, then the log's end."""


class Stopped(Exception):
    """Somebody asked us to stop while we were still starting."""


class Supervisor:
    """Owns the processes of one installation. Used from the main thread only: the kernel ties a
    child's life to the thread that started it."""

    def __init__(self, home: Home, options: Options) -> None:
        self.home = home
        self.options = options
        self.servers: list[Child] = []
        self.workers: list[Child] = []
        self.stopping = False
        self.sign_in: dict[str, object] = {}
        self.pids: dict[str, int] = {}
        self.ears, self.bell = socket.socketpair()
        self.bell.setblocking(False)
        inherited = dict(options.inherited)
        # Without stored bytecode every process would compile every module again.
        inherited.pop("PYTHONDONTWRITEBYTECODE", None)
        self.variables = {
            **inherited,
            process.MARK: str(home.root),
            "MORTISE_HOME": str(home.root),
            "PORT": str(options.port),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.options.port}"

    def listen_for_signals(self) -> None:
        """Stop on Ctrl-C, on SIGTERM and when the terminal is closed; wake when a child ends."""
        signal.set_wakeup_fd(self.bell.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.note_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def note_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def start(self) -> None:
        """Start everything and return when the installation answers that it is healthy."""
        self.start_servers()
        defaults = {
            "MORTISE_SECRET_KEY": self.home.secret("secret-key"),
            "MORTISE_URL": self.url,
            "MORTISE_FILES": str(self.home.root / "files"),
        }
        self.variables = {**defaults, **self.variables}
        write_private(
            self.home.root / "environment.json",
            json.dumps(
                {
                    name: self.variables[name]
                    for name in ("DATABASE_URL", "REDIS_URL", "MORTISE_HOME", *defaults)
                }
            ),
        )
        self.prepare()
        logs = self.home.logs
        self.workers = [
            children.web(logs / "web.log", self.variables),
            children.worker(
                logs / "worker.log", self.variables, processes=self.options.worker_processes
            ),
            children.clock(logs / "clock.log", self.variables),
        ]
        for child in self.workers:
            child.start()
        self.wait_until_healthy()

    def start_servers(self) -> None:
        """Start the embedded servers that no address in the environment replaces."""
        folder = self.home.servers()
        waiting: list[tuple[Child, servers.Postgres | servers.Redis]] = []
        if self.options.database_url:
            given.check_database(self.options.database_url)
        else:
            postgres = servers.embedded_postgres(
                folder, self.home.secret("postgres-password"), lasting=self.options.lasting
            )
            postgres.make()
            self.variables["DATABASE_URL"] = postgres.url
            waiting.append((self.server("postgres", postgres), postgres))
        if self.options.redis_url:
            given.check_redis(self.options.redis_url)
        else:
            redis = servers.embedded_redis(folder, self.home.secret("redis-password"))
            self.variables["REDIS_URL"] = redis.url
            waiting.append((self.server("redis", redis), redis))
        for child, _ in waiting:
            child.start()
        for child, server in waiting:
            assert child.process is not None  # noqa: S101
            if not process.wait_until(
                self.unless_stopped(server.is_ready),
                seconds=60,
                alive=[child.process],
            ):
                raise Failed(
                    f"The embedded {child.name} did not start; the end of its log:\n"
                    + process.last_lines(self.home.logs / f"{child.name}.log")
                )
            if isinstance(server, servers.Postgres):
                server.make_database()

    def server(self, name: str, server: servers.Postgres | servers.Redis) -> Child:
        log = self.home.logs / f"{name}.log"
        child = Child(
            name,
            lambda: server.start(log, self.variables),
            polite=signal.SIGINT if name == "postgres" else signal.SIGTERM,
            patience=30.0,
        )
        self.servers.append(child)
        return child

    def prepare(self) -> None:
        """Run `config.local.prepare` and keep a generated password where its owner finds it."""
        log = self.home.logs / "prepare.log"
        with log.open("wb") as errors:
            child = subprocess.Popen(
                [sys.executable, "-m", "config.local.prepare"],
                cwd=BASE,
                env=self.variables,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                start_new_session=True,
                preexec_fn=process.dies_with_parent(signal.SIGTERM),
            )
            try:
                process.wait_until(
                    self.unless_stopped(lambda: child.poll() is not None), seconds=1800
                )
                answer = child.communicate(timeout=5)[0]
            finally:
                process.kill_session(child)
        if child.returncode:
            raise Failed(
                "The database could not be prepared; the end of the log:\n"
                + process.last_lines(log)
            )
        self.sign_in = json.loads(answer.splitlines()[-1])
        generated = not self.variables.get("MORTISE_ADMIN_PASSWORD")
        if self.sign_in.get("created") and generated:
            write_private(
                self.home.sign_in,
                f"{self.sign_in['username']}\n{self.sign_in['password']}\n",
            )

    def wait_until_healthy(self) -> None:
        """Wait for `GET /healthz` to answer 200; say what is missing after two minutes."""
        answer = ""

        def healthy() -> bool:
            nonlocal answer
            self.look_after()
            if failing := [child.name for child in self.workers if child.failures >= HOPELESS]:
                raise Failed(f"This keeps failing: {', '.join(failing)}.\n{self.ends_of_logs()}")
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as response:  # noqa: S310
                    return bool(response.status == 200)
            except urllib.error.HTTPError as refusal:
                answer = refusal.read(2000).decode(errors="replace")
            except OSError as failure:
                answer = str(failure)
            return False

        if not process.wait_until(healthy, seconds=120):
            raise Failed(f"The installation is not healthy ({answer}).\n{self.ends_of_logs()}")

    def ends_of_logs(self) -> str:
        return "\n".join(
            f"--- {child.name}\n{process.last_lines(self.home.logs / f'{child.name}.log', 8)}"
            for child in self.workers
        )

    def go_on(self) -> bool:
        """True; raises `Stopped` once somebody has asked us to stop."""
        if self.stopping:
            raise Stopped
        return True

    def note_processes(self) -> None:
        """Write which process is which, for operators and for drills that kill them."""
        self.pids = {
            child.name: child.process.pid
            for child in (*self.servers, *self.workers)
            if child.process is not None
        }
        write_private(self.home.root / "processes.json", json.dumps(self.pids))

    def unless_stopped(self, question: Callable[[], bool]) -> Callable[[], bool]:
        """The question, given up as soon as somebody asks us to stop."""
        return lambda: self.go_on() and question()

    def look_after(self) -> None:
        """Start again whatever has ended by itself."""
        self.go_on()
        for child in (*self.servers, *self.workers):
            code = child.look_after()
            if child.process is not None and child.process.pid != self.pids.get(child.name):
                self.note_processes()
            if code is not None:
                print(
                    f"{child.name} ended unexpectedly (code {code}); starting it again. "
                    f"Log: {self.home.logs / child.name}.log",
                    file=sys.stderr,
                    flush=True,
                )

    def watch(self) -> None:
        """Look after the processes until somebody asks us to stop."""
        try:
            while True:
                self.look_after()
                if select.select([self.ears], [], [], 0.25)[0]:
                    self.ears.recv(4096)
        except Stopped:
            return

    def stop(self) -> None:
        """End web, worker and clock, then the servers: nobody loses its database while working."""
        children.stop_together(self.workers)
        children.stop_together(list(reversed(self.servers)))
