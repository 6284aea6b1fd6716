"""Colours of marks: the named option colours, and an order for series that name none."""

from __future__ import annotations

COLORS = {
    "blue": "#3e74c9",
    "cyan": "#2a93a8",
    "green": "#3b9a63",
    "amber": "#c98a1b",
    "orange": "#d0702f",
    "red": "#cf4b4f",
    "pink": "#c1548f",
    "purple": "#7e5fc4",
    "grey": "#8a929d",
}

ORDER = ("blue", "orange", "green", "purple", "cyan", "amber", "pink", "red")


def color(name: object, position: int) -> str:
    """The colour called ``name``; else the one of a series at ``position``."""
    found = COLORS.get(str(name))
    return found or COLORS[ORDER[position % len(ORDER)]]
