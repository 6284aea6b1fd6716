"""The embedded Postgres and Redis of one installation: how they are made, started and reached."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2

from config.local import process
from config.local.binaries import postgres_programs, redis_program
from config.local.home import servers_user
from config.local.ports import free_port, listens

NAME = "mortise"  # of the database and of its owner


class NotStarted(Exception):
    """A server did not come up; the text has the end of its log."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A PostgreSQL 18 cluster in `folder`, listening on 127.0.0.1 only."""

    folder: Path
    port: int
    password: str
    lasting: bool = True  # False: data need not survive a crash of the machine (tests)

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}:{quote(self.password, safe='')}@127.0.0.1:{self.port}/{NAME}"

    def arguments(self) -> list[str]:
        """The command line, with the settings that our kind of load wants."""
        memory = psutil.virtual_memory().total // 2**20
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": "200",
            "shared_buffers": f"{min(1024, memory // 4) if self.lasting else 128}MB",
            "work_mem": "32MB",
            "maintenance_work_mem": "256MB",
            "effective_cache_size": f"{memory // 2}MB",
            "random_page_cost": "1.1",
            "jit": "off",
            "max_wal_size": "2GB",
            "wal_compression": "on",
            "synchronous_commit": "on",
            "log_min_duration_statement": "2000",
            "idle_in_transaction_session_timeout": "600000",
        }
        if not self.lasting:
            settings |= {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
        pairs = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        programs = postgres_programs(copies_folder(self.folder.parent))
        return [str(programs / "postgres"), "-D", str(self.folder), *pairs]

    def make(self) -> None:
        """Make the cluster unless it is there; an interrupted attempt leaves nothing behind."""
        if (self.folder / "PG_VERSION").exists():
            return
        user = servers_user()
        programs = postgres_programs(copies_folder(self.folder.parent))
        partial = Path(tempfile.mkdtemp(prefix="making-", dir=self.folder.parent))
        password = partial / "password"
        password.write_text(self.password)
        cluster = partial / "cluster"
        cluster.mkdir()
        for path in (partial, password, cluster):
            path.chmod(0o600 if path == password else 0o700)
            if user:
                os.chown(path, user.pw_uid, user.pw_gid)
        made = subprocess.run(
            [
                str(programs / "initdb"),
                f"--pgdata={cluster}",
                f"--username={NAME}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--no-instructions",
                *([] if self.lasting else ["--no-sync"]),
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=partial,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        )
        if made.returncode:
            shutil.rmtree(partial)
            raise NotStarted(f"initdb failed:\n{made.stderr}")
        shutil.rmtree(self.folder, ignore_errors=True)
        cluster.rename(self.folder)
        shutil.rmtree(partial)

    def start(self, log: Path, variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
        return process.start(
            self.arguments(),
            log=log,
            variables={**variables, "LC_ALL": "C"},
            death_signal=signal.SIGINT,
            user=servers_user(),
            folder=self.folder,
        )

    def is_ready(self) -> bool:
        """Whether the cluster takes connections (it may still be recovering from a crash)."""
        if not listens(self.port):
            return False
        try:
            psycopg2.connect(self.url.rpartition("/")[0] + "/postgres", connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def make_database(self) -> None:
        """Make our database unless it is there."""
        connection = psycopg2.connect(self.url.rpartition("/")[0] + "/postgres")
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
                if cursor.fetchone() is None:
                    cursor.execute(f'CREATE DATABASE "{NAME}"')
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Redis:
    """A Redis server in memory only: its messages wake workers, and losing one loses no work."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{quote(self.password, safe='')}@127.0.0.1:{self.port}/0"

    def start(self, log: Path, variables: Mapping[str, str]) -> subprocess.Popen[bytes]:
        user = servers_user()
        self.folder.mkdir(exist_ok=True)
        settings = self.folder / "redis.conf"  # a file, because others can read command lines
        settings.write_text(
            f"bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\n"
            f'dir "{self.folder}"\nsave ""\nappendonly no\nmaxmemory 256mb\n'
            "maxmemory-policy noeviction\ndaemonize no\n"
            # A title would overwrite the environment, by which leftovers are told apart.
            "set-proc-title no\n"
        )
        settings.chmod(0o600)
        if user:
            os.chown(settings, user.pw_uid, user.pw_gid)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        return process.start(
            [str(redis_program(copies_folder(self.folder.parent))), str(settings)],
            log=log,
            variables=variables,
            user=user,
            folder=self.folder,
        )

    def is_ready(self) -> bool:
        return listens(self.port)


def copies_folder(servers: Path) -> Path:
    """Where programs are copied that the servers' user could not read in their package."""
    folder = servers / "programs"
    folder.mkdir(exist_ok=True)
    return folder


def embedded_postgres(servers: Path, password: str, *, lasting: bool = True) -> Postgres:
    """The cluster under the folder of an installation's servers, on a free port."""
    return Postgres(servers / "postgres", free_port(), password, lasting)


def embedded_redis(servers: Path, password: str) -> Redis:
    """The Redis server under the folder of an installation's servers, on a free port."""
    return Redis(servers / "redis", free_port(), password)
