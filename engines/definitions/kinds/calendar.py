"""Calendars: working hours and days off, for deadlines in business time."""

from __future__ import annotations

from engines.definitions.parts import Schema, drawn, frame, many

_DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_TIME = {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}


def calendar_schema() -> Schema:
    """The schema of a calendar; weekdays count from Monday, 1."""
    hours = many({"type": "array", "minItems": 2, "maxItems": 2, "items": _TIME}, 6)
    weekdays = {
        "type": "object",
        "additionalProperties": False,
        "properties": {str(day): hours for day in range(1, 8)},
    }
    return frame(
        "calendar",
        {
            "timezone": {"type": "string", "maxLength": 60},
            "week": drawn(weekdays, "每周工作时间", "Working hours", 4),
            "holidays": drawn(many(_DAY, 2000), "休息日", "Days off", 5),
            "workdays": drawn(many(_DAY, 2000), "调休上班日", "Extra working days", 6),
        },
        ("label", "week"),
    )
