"""Definitions laid out for people: files of an exported application, read and compared by eye."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engines.definitions.write import write

WIDTH = 100


def readable(body: Any) -> str:
    """``body`` as JSON in lines of at most 100 characters where its parts allow it.

    What fits on a line stays on one, so that a field or an edge is a line of a comparison.
    """
    return _laid_out(body, 0, 0) + "\n"


def _laid_out(value: Any, indent: int, used: int) -> str:
    flat = _spaced(value)
    if used + len(flat) <= WIDTH and not (indent == 0 and isinstance(value, Mapping)):
        return flat
    inside, outside = "\n" + " " * (indent + 1), "\n" + " " * indent
    if isinstance(value, Mapping) and value:
        parts = []
        for key, member in value.items():
            name = json.dumps(key, ensure_ascii=False) + ": "
            parts.append(name + _laid_out(member, indent + 1, indent + 2 + len(name)))
        return "{" + inside + ("," + inside).join(parts) + outside + "}"
    if isinstance(value, list | tuple) and value:
        parts = [_laid_out(member, indent + 1, indent + 2) for member in value]
        return "[" + inside + ("," + inside).join(parts) + outside + "]"
    return flat


def _spaced(value: Any) -> str:
    if isinstance(value, Mapping):
        parts = (
            f"{json.dumps(key, ensure_ascii=False)}: {_spaced(member)}"
            for key, member in value.items()
        )
        return "{" + ", ".join(parts) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_spaced(member) for member in value) + "]"
    return write(value)
