"""The application itself: name, zone, currency, language, navigation."""

from __future__ import annotations

from engines.definitions.parts import KEY, TEXT, Schema, closed, drawn, frame, many

_ITEM_EXTRAS = {
    "label": TEXT,
    "icon": {"type": "string", "maxLength": 40},
}


def application_schema() -> Schema:
    """The schema of ``application.json``."""
    item = {
        "oneOf": [
            closed({"form": KEY, "view": KEY, **_ITEM_EXTRAS}, ("form",)),
            closed({"dashboard": KEY, **_ITEM_EXTRAS}, ("dashboard",)),
            closed({"report": KEY, **_ITEM_EXTRAS}, ("report",)),
        ]
    }
    group = closed({"label": TEXT, "icon": _ITEM_EXTRAS["icon"], "items": many(item)}, ("items",))
    zone = {"type": "string", "minLength": 1, "maxLength": 60, "default": "Asia/Shanghai"}
    return frame(
        "application",
        {
            "timezone": drawn(zone, "时区", "Time zone", 4),
            "currency": drawn(
                {"type": "string", "pattern": "^[A-Z]{3}$", "default": "CNY"}, "币种", "Currency", 5
            ),
            "language": drawn(
                {"enum": ["zh-Hans", "en"], "default": "zh-Hans"},
                "语言",
                "Language",
                6,
                labels={"zh-Hans": "中文", "en": "English"},
            ),
            "navigation": drawn(many(group, 50), "导航", "Navigation", 7),
        },
        ("label",),
    )
