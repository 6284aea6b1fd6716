"""What compiling a rule, flow or action knows, and the problems it collects on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engines.forms.plan import FormPlan
from engines.formulas.compile import Formula, compile_formula
from engines.formulas.scope import Scope
from engines.formulas.types import Type
from engines.problems import Problem, Problems, problem, warning


@dataclass(frozen=True, slots=True)
class Reading:
    """The form in hand, its neighbours, and where we are; ``problems`` is shared by all places.

    ``roles`` are the keys the application has, ``flows`` those of its flows with their forms; None
    where nobody can say.
    """

    form: FormPlan
    forms: Mapping[str, FormPlan]
    scope: Scope
    path: str = ""
    roles: frozenset[str] | None = None
    flows: Mapping[str, str] | None = None
    calendars: frozenset[str] | None = None
    problems: list[Problem] = field(default_factory=list)

    def at(self, path: str) -> Reading:
        """The same reading, further down."""
        return replace(self, path=self.path + path)

    def problem(self, path: str, code: str, **params: object) -> None:
        """Note an error at ``path`` below here."""
        self.problems.append(problem(self.path + path, code, **params))

    def warning(self, path: str, code: str, **params: object) -> None:
        """Note a warning at ``path`` below here."""
        self.problems.append(warning(self.path + path, code, **params))

    def formula(
        self, text: str, path: str, expect: Type | None = None, *, scope: Scope | None = None
    ) -> Formula | None:
        """The formula, or None with its problems noted at ``path``."""
        try:
            return compile_formula(text, scope or self.scope, expect=expect)
        except Problems as found:
            self.problems.extend(each.under(self.path + path) for each in found.problems)
            return None


def scope_of(form: FormPlan, forms: Mapping[str, FormPlan], *, old: bool = False) -> Scope:
    """The names a formula over records of ``form`` may use; ``old`` where there is a before."""
    known = {key: _types(plan) for key, plan in forms.items()}
    return Scope(_types(form), known, old)


def _types(form: FormPlan) -> dict[str, Type]:
    fields = (*form.system.values(), *form.fields)
    return {field.key: field.value_type for field in fields}
