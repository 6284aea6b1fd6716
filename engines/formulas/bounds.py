"""Keeps numbers short: rounds within a formula where a product could grow beyond all use."""

from __future__ import annotations

from decimal import Decimal

from engines.formulas.numbers import DIVISION_PLACES
from engines.formulas.tree import Call, Literal, Node
from engines.formulas.types import NUMBER

# Digits before and after the point of what is stored, and of the longest intermediate value.
_STORED = (30, 30)
_FUNCTION = (60, 30)
_LONGEST = 125

Digits = tuple[int, int]


def bounded(node: Node) -> Node:
    """The tree with BOUND calls where more than 125 digits could arise on a side of the point.

    The digits are counted on the tree, so ordinary formulas (products of up to four fields) stay
    as they are and exact.
    """
    return _bounded(node)[0]


def _bounded(node: Node) -> tuple[Node, Digits]:
    if isinstance(node, Literal):
        return node, _digits(node.value) if isinstance(node.value, Decimal) else _STORED
    if not isinstance(node, Call):
        return node, _STORED
    parts = [_bounded(arg) for arg in node.args]
    call = Call(node.key, tuple(part[0] for part in parts), node.at, node.type)
    if node.type != NUMBER:
        return call, _STORED
    sizes = [size for (part, size) in parts if part.type == NUMBER] or [_STORED]
    size = _size(node.key, sizes)
    if max(size) <= _LONGEST:
        return call, size
    if node.key == "*" and len(call.args) > 2:
        return _long_product(call, parts)
    return Call("BOUND", (call,), node.at, NUMBER), _FUNCTION


def _long_product(call: Call, parts: list[tuple[Node, Digits]]) -> tuple[Node, Digits]:
    """A run of factors, bounded as often as needed on the way."""
    run: list[Node] = [parts[0][0]]
    size = parts[0][1]
    for node, digits in parts[1:]:
        following = _size("*", [size, digits])
        if max(following) > _LONGEST:
            product = Call("*", tuple(run), call.at, NUMBER) if len(run) > 1 else run[0]
            run = [Call("BOUND", (product,), call.at, NUMBER)]
            following = _size("*", [_FUNCTION, digits])
        run.append(node)
        size = following
    return Call("BOUND", (Call("*", tuple(run), call.at, NUMBER),), call.at, NUMBER), _FUNCTION


def _size(key: str, sizes: list[Digits]) -> Digits:
    before = max(size[0] for size in sizes)
    after = max(size[1] for size in sizes)
    if key in ("+", "-"):
        return before + len(str(len(sizes))), after
    if key == "*":
        return sum(size[0] for size in sizes), sum(size[1] for size in sizes)
    if key == "/":
        return sizes[0][0] + sum(size[1] for size in sizes[1:]), DIVISION_PLACES
    if key in ("%", "negative"):
        return before, after
    return max(before, 60) + 1, max(after, 30)


def _digits(number: Decimal) -> Digits:
    exponent = number.as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    return max(number.adjusted() + 1, 1), places
