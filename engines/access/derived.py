"""Computed fields tell what they are computed from: who may not see that, may not see them.

A grant that names the computed field itself decides about it: a price with the margin in it may be
shown to those who must not see the cost. `*` names nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan, Path
from engines.formulas.compile import Formula


def hidden_within(
    form: FormPlan, withheld: Callable[[str], bool], named: set[str]
) -> dict[str, str]:
    """The formula fields that one grant hides, each with the field of the same record that it may
    not tell: ``withheld`` says so of a field by itself, ``named`` are those the grant decides."""
    found: dict[str, str] = {}
    clear: set[str] = set()

    def reason(key: str) -> str | None:
        if key in found or key in clear:
            return found.get(key)
        plan = form.by_key.get(key)
        if plan is None or plan.formula is None or key in named:
            return None
        clear.add(key)  # cycles are refused when forms are compiled; this ends them all the same
        for read in sorted(plan.formula.names):
            source = read if withheld(read) else reason(read)
            if source is not None:
                clear.discard(key)
                found[key] = source
                return source
        return None

    for plan in form.fields:
        reason(plan.key)
    return found


@dataclass(slots=True)
class Closed:
    """Which live fields a person may not see because of what they read elsewhere.

    ``hidden`` says whether the grants hide a field in every row, ``unseen`` whether they show no
    row of a form, ``named`` whether one of them decides about a computed field by name.
    """

    forms: Mapping[str, FormPlan]
    hidden: Callable[[str, str], bool]
    unseen: Callable[[str], bool]
    named: Callable[[str, str], bool]
    _found: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def of(self, form: FormPlan) -> dict[str, str]:
        """The closed fields of ``form``, each with the path that it may not tell."""
        found = {each.key: self._reason(form, each) for each in form.fields if each.live}
        return {key: reason for key, reason in found.items() if reason is not None}

    def _reason(self, form: FormPlan, plan: FieldPlan) -> str | None:
        key = (form.key, plan.key)
        if key not in self._found:
            self._found[key] = None
            self._found[key] = self._read(form, plan)
        return self._found[key]

    def _read(self, form: FormPlan, plan: FieldPlan) -> str | None:
        if plan.lookup is not None:
            return ".".join(plan.lookup) if self._withheld(form, plan.lookup) else None
        if plan.formula is None or self.named(form.key, plan.key):
            return None
        for path in paths_of(plan.formula):
            if self._withheld(form, path):
                return ".".join(path)
        return None

    def _withheld(self, form: FormPlan, path: Path) -> bool:
        here, rest = form, path
        while rest:
            plan = here.field(rest[0])
            if plan is None:
                return False
            if plan.key in here.by_key and (
                self.hidden(here.key, plan.key) or self._reason(here, plan) is not None
            ):
                return True
            if plan.lookup is not None and len(rest) > 1:
                rest = plan.lookup + rest[1:]
                continue
            rest = rest[1:]
            target = self.forms.get(str(plan.target)) if rest and plan.target else None
            if target is None:
                return False
            if self.unseen(target.key):
                return True
            here = target
        return False


def paths_of(formula: Formula) -> list[Path]:
    """Everything a formula reads: own fields and link paths."""
    return [*((name,) for name in sorted(formula.names)), *sorted(formula.paths)]
