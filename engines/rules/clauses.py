"""A condition in its parts, so that an explanation can name each with its value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engines.actions.effect import plain
from engines.formulas.compile import Formula, formula_of
from engines.formulas.scope import Scope
from engines.formulas.to_python import Env, evaluate
from engines.formulas.tree import Call, Name, Node, walk
from engines.values import JsonValue


@dataclass(frozen=True, slots=True)
class Clause:
    """One part joined by ``and`` (the whole where nothing is joined), and the values it reads."""

    formula: Formula
    reads: tuple[tuple[str, Formula], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A clause, whether it holds (None: empty), and what it read."""

    clause: str
    met: bool | None
    values: tuple[tuple[str, JsonValue], ...]

    def to_json(self) -> dict[str, JsonValue]:
        """For storing with a rule's run."""
        return {"clause": self.clause, "met": self.met, "values": dict(self.values)}


def clauses(condition: Formula, scope: Scope) -> tuple[Clause, ...]:
    """The parts of a checked condition, in the order of the text."""
    found = []
    for node in _joined(condition.tree):
        names = {
            ("old." if each.old else "") + ".".join(each.path): each
            for each in walk(node)
            if isinstance(each, Name)
        }
        reads = tuple((name, formula_of(name, each)) for name, each in names.items())
        found.append(Clause(formula_of(_text(condition.text, node), node), reads))
    return tuple(found)


def _joined(node: Node) -> Iterator[Node]:
    if isinstance(node, Call) and node.key == "and":
        for part in node.args:
            yield from _joined(part)
    else:
        yield node


def _text(source: str, node: Node) -> str:
    start = node.at.column - 1
    return source[start : start + node.at.length].strip()


def explain(parts: tuple[Clause, ...], env: Env) -> tuple[Explained, ...]:
    """Each part's outcome and the values behind it."""
    return tuple(
        Explained(
            part.formula.text,
            _truth(evaluate(part.formula, env)),
            tuple((name, plain(evaluate(formula, env))) for name, formula in part.reads),
        )
        for part in parts
    )


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
