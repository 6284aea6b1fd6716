"""Dates and moments as text: ISO and what spreadsheets write in, one canonical form out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engines.forms.field_type import InvalidValue
from engines.forms.plain_text import narrow

_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")
_CELL_DAY = re.compile(
    r"^(?:(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2}))"
)
_CELL_TIME = re.compile(r"^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$")
_MOMENT = re.compile(
    r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?$"
)


def is_zone(name: str) -> bool:
    """Whether there is a time zone called ``name``."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zone_of(name: object) -> ZoneInfo:
    """The time zone called ``name``; UTC where there is none of that name."""
    try:
        return ZoneInfo(str(name or "UTC"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def read_day(text: str) -> date:
    """``2026-03-08``; raises InvalidValue."""
    match = _DAY.match(text)
    if match is None:
        raise InvalidValue("not_a_date")
    return _day(*match.groups())


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """ISO 8601 → UTC; without an offset it is a time of ``zone``. Raises InvalidValue."""
    if _MOMENT.match(text) is None:
        raise InvalidValue("not_a_moment")
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise InvalidValue("not_a_moment") from None


def moment_text(moment: datetime, zone: ZoneInfo) -> str:
    """ISO 8601 with the offset of ``zone``, fractions of a second only where there are any."""
    local = moment.astimezone(zone)
    text = local.strftime("%Y-%m-%dT%H:%M:%S").rjust(19, "0")
    if local.microsecond:
        text += f".{local.microsecond:06d}".rstrip("0")
    offset = local.strftime("%z")
    return f"{text}{offset[:3]}:{offset[3:5]}"


def cell_day(text: str) -> str | None:
    """``2016-10-20``, ``2016/10/20``, ``20161020``, ``2016年10月20日`` → ISO, midnight left out."""
    cell = narrow(text)
    if not cell:
        return None
    day, rest = _cell_parts(cell, "not_a_date")
    if rest and (rest[0], rest[1], rest[2]) != (0, 0, 0):
        raise InvalidValue("not_a_date")
    return day.isoformat()


def cell_moment(text: str) -> str | None:
    """A day as in `cell_day`, perhaps with a time, or an ISO moment with offset → ISO."""
    cell = narrow(text)
    if not cell:
        return None
    if _MOMENT.match(cell):
        return cell
    day, time = _cell_parts(cell, "not_a_moment")
    hour, minute, second = time or (0, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise InvalidValue("not_a_moment")
    return f"{day.isoformat()}T{hour:02}:{minute:02}:{second:02}"


def _cell_parts(cell: str, code: str) -> tuple[date, tuple[int, int, int] | None]:
    match = _CELL_DAY.match(cell)
    if match is None:
        raise InvalidValue(code)
    found = [group for group in match.groups() if group is not None]
    day = _day(*found)
    rest = cell[match.end() :].lstrip("T ").strip()
    if not rest:
        return day, None
    time = _CELL_TIME.match(rest)
    if time is None:
        raise InvalidValue(code)
    hour, minute, second = time.groups()
    return day, (int(hour), int(minute), int(second or 0))


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise InvalidValue("not_a_date") from None
