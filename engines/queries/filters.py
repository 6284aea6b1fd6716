"""Filter text into a checked formula over the fields of a form and of those it links to."""

from __future__ import annotations

from collections.abc import Mapping

from engines.forms.lookups import MAX_LINKS
from engines.forms.plan import FormPlan
from engines.forms.system_fields import SYSTEM_TYPES
from engines.formulas.compile import Formula, compile_formula
from engines.formulas.scope import Scope
from engines.formulas.types import BOOLEAN, Type
from engines.problems import Problems, refuse


def scope(form: FormPlan, forms: Mapping[str, FormPlan]) -> Scope:
    """The names that a filter on ``form`` may use. What the asker may not see is refused later,
    by the access stage, so that the answer says so."""
    return Scope(names=_types(form), forms={key: _types(plan) for key, plan in forms.items()})


def compile_filter(text: str, form: FormPlan, forms: Mapping[str, FormPlan]) -> Formula:
    """The condition that ``text`` says; raises Problems at ``/filter``."""
    try:
        formula = compile_formula(text, scope(form, forms), expect=BOOLEAN)
    except Problems as found:
        raise found.under("/filter") from None
    if any(len(path) > MAX_LINKS + 1 for path in formula.paths):
        raise refuse("/filter", "path_too_long", limit=MAX_LINKS)
    return formula


def _types(form: FormPlan) -> Mapping[str, Type]:
    return {**SYSTEM_TYPES, **{field.key: field.value_type for field in form.fields}}
