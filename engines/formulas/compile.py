"""Formula text into a frozen, checked Formula: the one entrance for all other parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from engines.formulas.bounds import bounded
from engines.formulas.check import Checker
from engines.formulas.functions import FUNCTIONS
from engines.formulas.parse import parse
from engines.formulas.scope import Scope
from engines.formulas.tree import Call, Literal, Name, Node, walk
from engines.formulas.types import Type
from engines.problems import Problem, Problems, has_errors


@dataclass(frozen=True, slots=True, eq=False)
class Formula:
    """A checked formula.

    ``names`` are the own fields it reads, ``paths`` the link paths (first name included),
    ``old_names`` the fields read before the change, ``people`` and ``departments`` the usernames
    and keys written in it. ``volatile`` ones depend on the time or the person asking.
    """

    text: str
    tree: Node
    type: Type
    names: frozenset[str]
    paths: frozenset[tuple[str, ...]]
    functions: frozenset[str]
    volatile: bool
    old_names: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Formula):
            return NotImplemented
        return (self.text, self.tree) == (other.text, other.tree)

    def __hash__(self) -> int:
        # Of the text alone: programs are looked up by formula on every evaluation.
        return hash(self.text)


@lru_cache(maxsize=2048)
def parsed(text: str) -> Node:
    """The untyped tree of ``text``; remembered, since drafts are checked again and again."""
    return parse(text)


def compile_formula(text: str, scope: Scope, *, expect: Type | None = None) -> Formula:
    """Read and check ``text``. Raises Problems; each problem's params carry column and length."""
    checker = Checker(scope)
    tree = checker.check(parsed(text))
    if expect is not None and not checker.problems:
        tree = checker.expect(tree, expect)
    if has_errors(checker.problems):
        raise Problems(checker.problems)
    return formula_of(text, bounded(tree), tuple(checker.problems))


def formula_of(text: str, tree: Node, warnings: tuple[Problem, ...] = ()) -> Formula:
    """What a checked tree reads and calls, gathered."""
    nodes = tuple(walk(tree))
    names = [node for node in nodes if isinstance(node, Name)]
    functions = frozenset(node.key for node in nodes if isinstance(node, Call))
    known = [
        (node.type.name, node.value)
        for node in nodes
        if isinstance(node, Literal) and isinstance(node.value, str)
    ]
    return Formula(
        text=text,
        tree=tree,
        type=tree.type,
        names=frozenset(node.path[0] for node in names if not node.old),
        paths=frozenset(node.path for node in names if len(node.path) > 1 and not node.old),
        functions=functions,
        volatile=any(FUNCTIONS[key].volatile for key in functions),
        old_names=frozenset(node.path[0] for node in names if node.old),
        people=frozenset(value for kind, value in known if kind == "person"),
        departments=frozenset(value for kind, value in known if kind == "department"),
        warnings=warnings,
    )
