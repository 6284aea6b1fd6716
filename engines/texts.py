"""Visible texts: a plain string, or one string per language."""

from __future__ import annotations

from collections.abc import Mapping

Text = str | Mapping[str, str]

LANGUAGES = ("zh-Hans", "en")

TEXT_SCHEMA: dict[str, object] = {
    "oneOf": [
        {"type": "string", "maxLength": 2000},
        {
            "type": "object",
            "additionalProperties": False,
            "minProperties": 1,
            "properties": {
                language: {"type": "string", "maxLength": 2000} for language in LANGUAGES
            },
        },
    ]
}


def text(value: Text | None, language: str, otherwise: str = "") -> str:
    """``value`` in ``language``; else in the first language that it has; else ``otherwise``."""
    if value is None:
        return otherwise
    if isinstance(value, str):
        return value
    found = value.get(language)
    if found:
        return found
    return next((value[each] for each in LANGUAGES if value.get(each)), otherwise)


def all_texts(value: Text | None) -> tuple[str, ...]:
    """Every language's wording, for matching what people typed or imported."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value.values())
