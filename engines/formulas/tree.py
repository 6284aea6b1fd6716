"""The tree of a formula: four small frozen nodes, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engines.formulas.types import ANY, Type, Value


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part stands in the text: 1-based column and length in characters."""

    column: int
    length: int

    def to(self, other: Span) -> Span:
        """From the beginning of this one to the end of ``other``."""
        return Span(self.column, other.column + other.length - self.column)


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the text. For a person or department it is the username or key."""

    value: Value
    type: Type
    at: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A field, or a path of fields through links; ``old`` asks for the value before a change."""

    path: tuple[str, ...]
    at: Span
    old: bool = False
    type: Type = ANY


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function (operators go by their sign, a list by ``[]``) and its arguments."""

    key: str
    args: tuple[Node, ...]
    at: Span
    type: Type = ANY


Node = Literal | Name | Call


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, outermost first."""
    yield node
    if isinstance(node, Call):
        for arg in node.args:
            yield from walk(arg)
