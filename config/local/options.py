"""What the person who types `make run` may choose, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from config import environment


@dataclass(frozen=True, slots=True)
class Options:
    """Where to listen, which servers to use, how much to start."""

    port: int
    host: str
    database_url: str
    redis_url: str
    lasting: bool
    worker_processes: int
    inherited: Mapping[str, str] = field(repr=False)

    @classmethod
    def of_environment(cls) -> "Options":
        """The choices in the environment; a ValueError says which one makes no sense."""
        port = environment.text("PORT", "8000")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError(f"PORT must be a number from 1 to 65535, not {port!r}")
        processes = {
            "MORTISE_WORKER_PROCESSES": environment.text("MORTISE_WORKER_PROCESSES", "2"),
            "MORTISE_WEB_PROCESSES": environment.text("MORTISE_WEB_PROCESSES", "2"),
            "MORTISE_WEB_THREADS": environment.text("MORTISE_WEB_THREADS", "8"),
        }
        for name, count in processes.items():
            if not count.isdigit() or int(count) < 1:
                raise ValueError(f"{name} must be a number from 1 on, not {count!r}")
        environment.flag("MORTISE_DEMO", default=True)  # asked here only to say early what is wrong
        return cls(
            port=int(port),
            host=environment.text("MORTISE_BIND", "127.0.0.1"),
            database_url=environment.text("DATABASE_URL"),
            redis_url=environment.text("REDIS_URL"),
            lasting=environment.flag("MORTISE_LASTING", default=True),
            worker_processes=int(processes["MORTISE_WORKER_PROCESSES"]),
            inherited=dict(os.environ),
        )
