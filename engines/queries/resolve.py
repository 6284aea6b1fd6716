"""Paths to fields: from a form through links, lookups made straight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engines.forms.field import FieldPlan
from engines.forms.field_type import field_types
from engines.forms.lookups import MAX_LINKS
from engines.forms.plan import FormPlan, Path
from engines.forms.results import result
from engines.problems import Problems, refuse

Forms = Mapping[str, FormPlan]


@dataclass(frozen=True, slots=True)
class Step:
    """One field on a path: the link path to its form (from the form asked), form and field."""

    prefix: Path
    form: FormPlan
    field: FieldPlan


def steps(form: FormPlan, path: Path, forms: Forms) -> tuple[Step, ...]:
    """The fields that ``path`` touches, the last one its end. Raises Problems (path "")."""
    found: list[Step] = []
    prefix: Path = ()
    here = form
    rest = path
    while rest:
        field = here.field(rest[0])
        if field is None:
            raise refuse("", "unknown_field", field=rest[0], form=here.key)
        found.append(Step(prefix, here, field))
        if len(rest) == 1:
            return tuple(found)
        if field.lookup is not None:
            rest = field.lookup + rest[1:]
            continue
        target = forms.get(str(field.target)) if field.target else None
        if target is None:
            raise refuse("", "not_a_link_field", field=rest[0], form=here.key)
        prefix += (rest[0],)
        if len(prefix) > MAX_LINKS:
            raise refuse("", "path_too_long", limit=MAX_LINKS)
        here, rest = target, rest[1:]
    raise refuse("", "unknown_field", field="", form=form.key)


def end(form: FormPlan, path: Path, forms: Forms) -> Step:
    """The field at the end of ``path``."""
    return steps(form, path, forms)[-1]


def problems_at(place: str, error: Problems) -> Problems:
    """The same problems at ``place``."""
    return error.under(place)


# The types whose values SQL writes, sorts and groups in a way of their own.
SHAPES = frozenset(
    {
        "number", "money", "date", "moment", "person", "department", "link",
        "choice", "choices", "check", "text",
    }
)  # fmt: skip


def kind_of(field: FieldPlan) -> tuple[str, Mapping[str, object]]:
    """The type by which a field's values are shown, with its options: that of a formula's result,
    that of the field behind a lookup."""
    if field.type.key == "formula":
        return result(field.options).key, field.options
    if field.type.key == "lookup":
        shown = field.options.get("shows")
        options = field.options.get("shown")
        if isinstance(shown, str) and isinstance(options, Mapping):
            if shown == "formula":
                return result(options).key, options
            return shown, options
        return "text", {}
    return field.type.key, field.options


def shape_of(field: FieldPlan) -> tuple[str, Mapping[str, object]]:
    """`kind_of`, where a type that SQL does not know by name counts as what its values are."""
    kind, options = kind_of(field)
    if kind in SHAPES:
        return kind, options
    name = field_types[kind].value_type(options).name
    return {"boolean": "check", "list": "choices"}.get(name, name), options


def is_sortable(field: FieldPlan) -> bool:
    """Whether records can be put in the order of this field."""
    kind, _ = kind_of(field)
    return field_types[kind].sortable
