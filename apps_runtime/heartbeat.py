"""Signs of life of workers and clocks, and what /healthz makes of them."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection

from apps_runtime import wake


def beat(name: str) -> None:
    """Note that a process of this kind is alive now (the database's clock decides)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO mortise_heartbeat (name, at) VALUES (%s, now())"
            " ON CONFLICT (name) DO UPDATE SET at = EXCLUDED.at",
            [name],
        )


def health() -> dict[str, str]:
    """``ok`` or what is wrong, for database, broker, worker and clock."""
    state = {"database": "ok", "broker": "ok", "worker": "silent", "clock": "silent"}
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM mortise_heartbeat WHERE at > now() - make_interval(secs => %s)",
                [settings.TOLERATED_CLOCK_SILENCE],
            )
            alive = {name for (name,) in cursor.fetchall()}
    except DatabaseError:
        state["database"] = "absent"
        alive = set()
    for name in ("worker", "clock"):
        if name in alive:
            state[name] = "ok"
    try:
        wake.client().ping()
    except Exception:  # noqa: BLE001 - whatever the broker's client raises means absent
        state["broker"] = "absent"
    return state
