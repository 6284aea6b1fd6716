"""The clock: every second it asks Postgres what is due and wakes the workers for it."""

from __future__ import annotations

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from apps_runtime import due, heartbeat, upkeep, wake

log = logging.getLogger(__name__)

SECOND = 1.0
BEAT_EVERY = 5.0


class Command(BaseCommand):
    """Any number of clocks may run: a wake-up too many finds nothing to do."""

    help = "wake workers for what is due (events, runs, timers, effects, long work)"

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        last_beat = last_upkeep = 0.0
        while not stop.is_set():
            try:
                for job in due.jobs():
                    wake.now(job)
                if time.monotonic() - last_beat >= BEAT_EVERY:
                    heartbeat.beat("clock")
                    wake.now("mortise.beat")
                    last_beat = time.monotonic()
                if time.monotonic() - last_upkeep >= upkeep.EVERY:
                    wake.now("mortise.upkeep")
                    last_upkeep = time.monotonic()
            except Error as error:
                log.warning("the database did not answer the clock: %s", error)
                connection.close()
            close_old_connections()
            stop.wait(SECOND)
