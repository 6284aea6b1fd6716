"""A table with things that are due: how to claim its rows, and what to do with one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MAX_ATTEMPTS = 6

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """One table with things that are due.

    ``claim`` is SQL that locks up to ``%(limit)s`` due rows with SKIP LOCKED and returns them, with
    the column ``id`` first; ``%(only)s`` (an id or NULL) narrows it to one row. ``handle`` does the
    work of the claimed rows inside the transaction, including taking them off the due ones; when
    it fails, it is called again for each row alone. ``put_off`` is
    called in a transaction of its own after a failure, with the number of attempts so far counted
    by itself; it must move the row away from being due now.
    """

    name: str
    claim: str
    handle: Callable[[Sequence[Row]], None]
    put_off: Callable[[Row, Exception], None]


def back_off(attempts: int) -> int:
    """Seconds until the next try: 2, 4, 8 … 64."""
    return int(2 ** min(attempts + 1, 6))
