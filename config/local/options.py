"""What the person who types `make run` may choose, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from config import environment


@dataclass(frozen=True, slots=True)
class Options:
    """`PORT`, `DATABASE_URL`, `REDIS_URL`, `MORTISE_DEMO` and how much of each process to start."""

    port: int
    host: str
    database_url: str
    redis_url: str
    demo: bool
    lasting: bool
    web_processes: int
    worker_processes: int
    inherited: Mapping[str, str] = field(repr=False)

    @classmethod
    def of_environment(cls) -> "Options":
        """The choices in the environment; a ValueError says which one makes no sense."""
        port = environment.text("PORT", "8000")
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise ValueError(f"PORT must be a number from 1 to 65535, not {port!r}")
        return cls(
            port=int(port),
            host=environment.text("MORTISE_BIND", "127.0.0.1"),
            database_url=environment.text("DATABASE_URL"),
            redis_url=environment.text("REDIS_URL"),
            demo=environment.flag("MORTISE_DEMO", default=True),
            lasting=environment.flag("MORTISE_LASTING", default=True),
            web_processes=int(environment.text("MORTISE_WEB_PROCESSES", "2")),
            worker_processes=int(environment.text("MORTISE_WORKER_PROCESSES", "2")),
            inherited=dict(os.environ),
        )
