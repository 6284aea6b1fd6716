"""Time zones whose clock has not been changed for long: their moments are cheap to write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from engines.forms.moments import zone_of

SINCE = datetime(1995, 1, 1, tzinfo=UTC)
_UNTIL = datetime(2100, 1, 1, tzinfo=UTC)
_STEP = timedelta(days=5)  # no change of the clock has been undone sooner


@cache
def fixed_offset(zone: str) -> str | None:
    """``+08:00`` where the zone has had this one offset since 1995 and knows no other to come.

    China, Japan, India and Singapore are such zones. Postgres looks a zone up for every value it
    converts, which costs more than all the rest of a record's JSON.
    """
    place = zone_of(zone)
    offset = SINCE.astimezone(place).strftime("%z")
    moment = SINCE
    while moment < _UNTIL:
        if moment.astimezone(place).strftime("%z") != offset:
            return None
        moment += _STEP
    return f"{offset[:3]}:{offset[3:5]}"
