"""Formula text into an untyped tree, within the limits of length, depth and size."""

from __future__ import annotations

from decimal import Decimal

from engines.formulas.tokens import Kind, Token, tokens, wrong
from engines.formulas.tree import Call, Literal, Name, Node, Span
from engines.formulas.types import BOOLEAN, EMPTY, NUMBER, TEXT
from engines.problems import Problems

MAX_DEPTH = 40
MAX_NODES = 500
MAX_PATH = 5
MAX_HEIGHT = 100

# Words of the language: no field may be called so.
WORDS = frozenset({"and", "or", "not", "in", "true", "false", "empty", "old"})

_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    (*_COMPARISONS, "in", "not in"),
    ("&",),
    ("+", "-"),
    ("*", "/", "%"),
)
_STRENGTH = {sign: level for level, signs in enumerate(_LEVELS) for sign in signs}
_COMPARING = 2
_RUNS = frozenset({"+", "-", "*", "/", "%", "&", "and", "or"})


def parse(text: str) -> Node:
    """The tree of ``text``. Raises Problems whose params carry column and length."""
    reader = _Reader(tokens(text))
    if reader.next_is("sign", "="):
        reader.take()  # a habit from spreadsheets, where a formula begins with it
    if reader.next_is("end"):
        raise wrong("formula_empty", reader.ahead.at)
    node = reader.expression(0, 1)
    if not reader.next_is("end"):
        raise _unexpected(reader.ahead)
    _refuse_towers(node)
    return node


def _refuse_towers(node: Node) -> None:
    # Runs of mixed operators lean to the left: brackets in their first place add up.
    level: list[Node] = [node]
    for _ in range(MAX_HEIGHT):
        level = [arg for each in level if isinstance(each, Call) for arg in each.args]
        if not level:
            return
    raise wrong("formula_too_deep", level[0].at, limit=MAX_DEPTH)


def _unexpected(token: Token) -> Problems:
    if token.kind == "end":
        return wrong("formula_unfinished", token.at)
    return wrong("unexpected_token", token.at, token=token.value[:40])


class _Reader:
    """Precedence climbing: two Python frames per level of nesting, so depth 40 stays shallow."""

    def __init__(self, found: tuple[Token, ...]) -> None:
        self._tokens = found
        self._next = 0
        self._nodes = 0

    @property
    def ahead(self) -> Token:
        return self._tokens[self._next]

    def take(self) -> Token:
        token = self.ahead
        self._next += 1
        return token

    def next_is(self, kind: Kind, value: str = "") -> bool:
        """True when the token ahead is of that kind and value."""
        return self.ahead.kind == kind and self.ahead.value == value

    def _is(self, sign: str) -> bool:
        return self.next_is("sign", sign)

    def _counted(self, node: Node) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise wrong("formula_too_large", node.at, limit=MAX_NODES)
        return node

    def _operator(self) -> str | None:
        token = self.ahead
        if token.kind == "sign" and token.value in _STRENGTH:
            return token.value
        if token.kind == "name":
            word = token.value.lower()
            if word in ("and", "or", "in"):
                return word
            following = self._tokens[self._next + 1]
            if word == "not" and following.kind == "name" and following.value.lower() == "in":
                return "not in"
        return None

    def expression(self, weakest: int, depth: int) -> Node:
        """Everything bound at least as strongly as level ``weakest``."""
        if depth > MAX_DEPTH:
            raise wrong("formula_too_deep", self.ahead.at, limit=MAX_DEPTH)
        left = self._operand(weakest, depth)
        # A run of one operator is one node with many arguments, so a long sum is not deep.
        run: str | None = None
        turns = 0
        while (operator := self._operator()) is not None and _STRENGTH[operator] >= weakest:
            level = _STRENGTH[operator]
            sign = self.take()
            if operator == "not in":
                self.take()
            right = self.expression(level + 1, depth + 1)
            again = self._operator()
            if level == _COMPARING and again is not None and _STRENGTH[again] == _COMPARING:
                raise wrong("chained_comparison", self.ahead.at)
            if operator == run and operator in _RUNS and isinstance(left, Call):
                left = Call(left.key, (*left.args, right), left.at.to(right.at))
                continue
            turns += 1
            if depth + turns > MAX_DEPTH:
                raise wrong("formula_too_deep", sign.at, limit=MAX_DEPTH)
            left = self._counted(self._joined(operator, left, right))
            run = operator
        return left

    def _joined(self, operator: str, left: Node, right: Node) -> Node:
        at = left.at.to(right.at)
        if operator == "not in":
            return Call("not", (Call("in", (left, right), at),), at)
        return Call("CONCAT" if operator == "&" else operator, (left, right), at)

    def _operand(self, weakest: int, depth: int) -> Node:
        token = self.take()
        if token.kind == "number":
            return self._counted(Literal(Decimal(token.value), NUMBER, token.at))
        if token.kind == "text":
            empty = not token.value
            literal = Literal(token.value or None, EMPTY if empty else TEXT, token.at)
            return self._counted(literal)
        if token.kind == "name":
            return self._counted(self._word(token, depth))
        if token.kind == "sign":
            if token.value == "(":
                node = self.expression(0, depth + 1)
                self._close(")", token)
                return node
            if token.value == "[":
                items, end = self._items("]", token, depth)
                return self._counted(Call("[]", items, token.at.to(end)))
            if token.value in ("-", "+"):
                operand = self.expression(len(_LEVELS), depth + 1)
                if token.value == "+":
                    return operand
                at = token.at.to(operand.at)
                if isinstance(operand, Literal) and isinstance(operand.value, Decimal):
                    return Literal(operand.value.copy_negate(), NUMBER, at)
                return self._counted(Call("negative", (operand,), at))
        raise _unexpected(token)

    def _word(self, token: Token, depth: int) -> Node:
        word = token.value.lower()
        if word == "not":
            # NOT(a) too: the brackets are those of its operand.
            operand = self.expression(_COMPARING, depth + 1)
            return Call("not", (operand,), token.at.to(operand.at))
        if self._is("("):
            items, end = self._items(")", self.take(), depth)
            key = word if word in ("and", "or") else token.value.upper()
            return Call(key, items, token.at.to(end))
        if word in ("true", "false"):
            return Literal(word == "true", BOOLEAN, token.at)
        if word == "empty":
            return Literal(None, EMPTY, token.at)
        if word in ("and", "or", "in"):
            raise _unexpected(token)
        return self._path(token)

    def _path(self, token: Token) -> Node:
        parts = [token.value]
        end = token.at
        while self._is("."):
            self.take()
            part = self.take()
            if part.kind != "name":
                raise _unexpected(part)
            parts.append(part.value)
            end = part.at
            if self._is("("):
                raise _unexpected(self.ahead)
        at = token.at.to(end)
        old = parts[0] == "old"
        path = tuple(parts[1:] if old else parts)
        if not path:
            raise wrong("unknown_name", at, name="old", near=())
        if len(path) > MAX_PATH:
            raise wrong("path_too_long", at, limit=MAX_PATH)
        return Name(path, at, old)

    def _items(self, closing: str, opening: Token, depth: int) -> tuple[tuple[Node, ...], Span]:
        items: list[Node] = []
        while True:
            if not items and self._is(closing):
                return (), self.take().at
            items.append(self.expression(0, depth + 1))
            if self._is(",") or self._is(";"):
                self.take()
                continue
            return tuple(items), self._close(closing, opening)

    def _close(self, closing: str, opening: Token) -> Span:
        if self._is(closing):
            return self.take().at
        if self.ahead.kind == "end":
            raise wrong("bracket_not_closed", opening.at, bracket=opening.value)
        raise _unexpected(self.ahead)
