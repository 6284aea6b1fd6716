"""Guesses which column belongs to which field: by its name first, then by what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from apps_runtime.exchange.grouped import folded

ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Target:
    """A field as a possible target: its names in all languages, and, where known, its values."""

    key: str
    names: tuple[str, ...]
    values: frozenset[str] = frozenset()
    reads: str = "text"


def guesses(
    headers: Sequence[str], samples: Mapping[str, Sequence[str]], targets: Sequence[Target]
) -> dict[str, str]:
    """Header → field key; each field is given away once, the surest guesses first.

    By name: equal names, then one name containing the other word by word. By value: at least 60 %
    of the sampled cells are values that the field knows (options, titles of linked records,
    people), and no other field knows as many.
    """
    free = {target.key: target for target in targets}
    found: dict[str, str] = {}

    def give(header: str, key: str) -> None:
        found[header] = key
        del free[key]

    for header, key in same_names(headers, targets):
        give(header, key)
    scored = sorted(
        (
            (_share(samples.get(header, ()), target), header, target.key)
            for header in headers
            if header not in found
            for target in free.values()
            if target.values
        ),
        reverse=True,
    )
    for share, header, key in scored:
        if share >= ENOUGH and header not in found and key in free:
            give(header, key)
    for header in headers:
        if header in found:
            continue
        key_found = next(
            (key for key, target in free.items() if _words_overlap(header, target)), None
        )
        if key_found:
            give(header, key_found)
    return found


def same_names(headers: Iterable[str], targets: Iterable[Target]) -> Iterator[tuple[str, str]]:
    """Header → key of the field that is called so, in any language; each field once."""
    free = {target.key: target for target in targets}
    for header in headers:
        for key, target in free.items():
            if folded(header) and folded(header) in map(folded, (*target.names, key)):
                yield header, key
                del free[key]
                break


def _share(cells: Sequence[str], target: Target) -> float:
    filled = [folded(cell) for cell in cells if cell.strip()]
    known = {folded(value) for value in target.values}
    return sum(cell in known for cell in filled) / len(filled) if filled else 0.0


def _words_overlap(header: str, target: Target) -> bool:
    wanted = _words(header)
    for name in (*target.names, target.key):
        words = _words(name)
        if words and wanted and (words <= wanted or wanted <= words):
            return True
        mine, its = folded(header), folded(name)
        if len(its) >= 2 and len(mine) >= 2 and not mine.isascii() and (its in mine or mine in its):
            return True
    return False


def _words(text: str) -> frozenset[str]:
    spaced = "".join(character if character.isalnum() else " " for character in text.casefold())
    return frozenset(spaced.split())
