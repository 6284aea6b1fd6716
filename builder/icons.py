"""The icons offered for applications, forms and navigation; drawn in static/src/shared/icons.tsx."""

from __future__ import annotations

ICONS = (
    "tile", "team", "user", "building", "department", "target", "funnel", "money", "cart", "box",
    "contract", "ticket", "form", "table", "list", "report", "dashboard", "kanban", "calendar",
    "clock", "phone", "mail", "comment", "mobile", "desktop", "globe", "location", "tag", "star",
    "sparkle", "flow", "rule", "key", "lock", "shield", "home", "inbox", "history", "hand",
)  # fmt: skip
DEFAULT = "tile"
