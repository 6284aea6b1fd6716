"""What a formula mentions, found without knowing any types: for "who uses this field?"."""

from __future__ import annotations

from dataclasses import dataclass

from engines.formulas.compile import parsed
from engines.formulas.tree import Call, Literal, Name, walk


@dataclass(frozen=True, slots=True)
class Mentions:
    """Paths as written (``old.`` left out), function keys, and every text in quotes."""

    paths: frozenset[tuple[str, ...]]
    functions: frozenset[str]
    texts: frozenset[str]


def names_in(text: str) -> Mentions:
    """Everything ``text`` mentions. Raises Problems when it cannot be parsed."""
    nodes = tuple(walk(parsed(text)))
    return Mentions(
        paths=frozenset(node.path for node in nodes if isinstance(node, Name)),
        functions=frozenset(node.key for node in nodes if isinstance(node, Call)),
        texts=frozenset(
            node.value
            for node in nodes
            if isinstance(node, Literal) and isinstance(node.value, str)
        ),
    )
