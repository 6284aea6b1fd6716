"""SQL as text plus parameters; identifiers are quoted here and nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

MAX_IDENTIFIER = 63


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL in psycopg2's format style: every value is a ``%s`` with its parameter."""

    text: str
    params: tuple[object, ...] = ()

    def __add__(self, other: Sql) -> Sql:
        return Sql(self.text + other.text, self.params + other.params)


def sql(template: str, *pieces: Sql) -> Sql:
    """``template`` with each ``{}`` replaced by the piece in its place; parameters keep order.

    The template is program text, never input; a literal percent sign in it must be doubled.
    """
    parts = _parts(template)
    if len(parts) != len(pieces) + 1:
        raise ValueError(f"{len(parts) - 1} places, {len(pieces)} pieces: {template}")
    texts = [parts[0]]
    params: list[object] = []
    for piece, rest in zip(pieces, parts[1:], strict=True):
        texts += (piece.text, rest)
        params += piece.params
    return Sql("".join(texts), tuple(params))


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[str, ...]:
    return tuple(template.split("{}"))


def value(parameter: object) -> Sql:
    """A value, always sent as a parameter."""
    return Sql("%s", (parameter,))


@lru_cache(maxsize=16384)
def identifier(*names: str) -> Sql:
    """Quoted, dotted identifier: ``identifier("app_crm", "order")`` → ``"app_crm"."order"``."""
    return Sql(".".join(_quoted(name) for name in names))


def _quoted(name: str) -> str:
    if "\x00" in name or not name:
        raise ValueError("not an identifier")
    return '"' + short_name(name).replace('"', '""').replace("%", "%%") + '"'


def short_name(name: str) -> str:
    """``name`` itself, or, over Postgres' 63 bytes, its beginning and a hash of the whole."""
    if len(name.encode()) <= MAX_IDENTIFIER:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:10]
    return name.encode()[: MAX_IDENTIFIER - 11].decode(errors="ignore") + "_" + digest


def join(separator: str, pieces: Iterable[Sql]) -> Sql:
    """Pieces with ``separator`` between them."""
    items = tuple(pieces)
    params = tuple(each for item in items for each in item.params)
    return Sql(separator.join(item.text for item in items), params)


TRUE = Sql("TRUE")
FALSE = Sql("FALSE")


def all_of(pieces: Iterable[Sql]) -> Sql:
    """Conjunction; empty is true."""
    items = tuple(pieces)
    if not items:
        return TRUE
    return items[0] if len(items) == 1 else sql("({})", join(" AND ", items))


def any_of(pieces: Iterable[Sql]) -> Sql:
    """Disjunction; empty is false."""
    items = tuple(pieces)
    if not items:
        return FALSE
    return items[0] if len(items) == 1 else sql("({})", join(" OR ", items))
