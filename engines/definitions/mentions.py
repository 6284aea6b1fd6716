"""What a formula or template mentions, by its look alone: definitions stand below formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Quoted texts are skipped; a word followed by a bracket is a function; `old.` is left out.
_PIECE = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|“[^”]*”|‘[^’]*’"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\s*\.\s*[A-Za-z_][A-Za-z0-9_]*)*)(?P<call>\s*[(（])?"
)
_PLACE = re.compile(r"\{\{\s*([a-z][a-z0-9_.]*)")
_WORDS = frozenset({"and", "or", "not", "in", "true", "false", "empty"})
_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def paths_in_formula(text: str) -> Iterator[tuple[str, ...]]:
    """Every path of fields in a formula, also where it could not be parsed."""
    for match in _PIECE.finditer(text.translate(_WIDE)):
        name = match["name"]
        if name is None or (match["call"] and name.lower() not in _WORDS):
            continue
        path = tuple(part.strip() for part in name.split("."))
        if path[0] == "old":
            path = path[1:]
        if path and not (len(path) == 1 and path[0].lower() in _WORDS):
            yield path


def paths_in_template(text: str) -> Iterator[tuple[str, ...]]:
    """Every ``{{path}}`` in a template."""
    for match in _PLACE.finditer(text):
        yield tuple(match[1].split("."))
