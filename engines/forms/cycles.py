"""Formulas and lookups of several forms that wait for each other: they would never have a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engines.forms.plan import FormPlan, Path
from engines.problems import Problem, pointer, problem

Node = tuple[str, str]


def cycle_problems(forms: Mapping[str, FormPlan]) -> tuple[Problem, ...]:
    """Cycles that leave a form, each told once, with paths such as ``/forms/order/fields/left``.

    Those inside one form are found when it is compiled. A link to the own form counts as leaving
    it: a formula over the same field of another record has no end either.
    """
    found: list[Problem] = []
    state: dict[Node, bool] = {}

    def visit(node: Node, chain: tuple[Node, ...]) -> None:
        if state.get(node) is True:
            return
        if node in chain:
            cycle = (*chain[chain.index(node) :], node)
            names = " → ".join(f"{form}.{field}" for form, field in cycle)
            path = pointer("forms", node[0], "fields", node[1])
            found.append(problem(path, "formula_cycle", field=node[1], chain=names))
            return
        for other in _reads(node, forms):
            visit(other, (*chain, node))
        state[node] = True

    for key, form in forms.items():
        for field in form.fields:
            if field.lookup is not None or field.formula is not None:
                visit((key, field.key), ())
    return tuple(found)


def _reads(node: Node, forms: Mapping[str, FormPlan]) -> Iterator[Node]:
    """The computed fields that a computed field reads."""
    form = forms[node[0]]
    field = form.by_key[node[1]]
    paths: list[Path] = []
    if field.lookup is not None:
        paths.append(field.lookup)
    if field.formula is not None:
        paths += [(name,) for name in sorted(field.formula.names)]
        paths += sorted(field.formula.paths)
    seen: set[Node] = set()
    for path in paths:
        here: FormPlan | None = form
        for name in path:
            step = here.by_key.get(name) if here is not None else None
            if here is None or step is None:
                break
            # A formula that reads itself was told when the form was compiled.
            own_self = (here.key, name) == node and len(path) == 1
            if (step.formula is not None or step.lookup is not None) and not own_self:
                seen.add((here.key, name))
            if step.lookup is not None:
                break  # the lookup's own reads go on from there
            here = forms.get(str(step.target)) if step.target else None
    yield from sorted(seen)
