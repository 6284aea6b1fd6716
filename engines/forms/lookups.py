"""What a lookup shows in the end, through other lookups; the types of the fields of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engines.forms.form import Field, Form
from engines.forms.system_fields import SYSTEM_TYPES, system_fields
from engines.formulas.types import ANY, Type
from engines.problems import Problem, problem

MAX_LINKS = 3
"""How many links a path may follow: each is a join in every list that shows it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The straight path of a lookup, and the type and options of the field at its end."""

    path: tuple[str, ...]
    type_key: str
    options: Mapping[str, object]
    value_type: Type


def resolve_lookup(
    form: Form, field: Field, forms: Mapping[str, Form], zone: str
) -> Shown | Problem:
    """Follow a lookup to a field that is none; a Problem (path below the field) where it fails."""
    path: tuple[str, ...] = ()
    visited: set[tuple[str, str]] = set()
    while True:
        if (form.key, field.key) in visited:
            return problem("/field", "lookup_cycle", field=field.key)
        visited.add((form.key, field.key))
        link = form.fields.get(str(field.options.get("link")))
        if link is None or link.type_key != "link":
            code = "unknown_field" if link is None else "not_a_link_field"
            name = field.options.get("link")
            return problem("/link" if not path else "/field", code, field=name, form=form.key)
        target = forms.get(str(link.options.get("form")))
        if target is None:
            return problem("/link", "unknown_form", form=link.options.get("form"))
        path += (link.key,)
        if len(path) > MAX_LINKS:
            return problem("/field", "path_too_long", limit=MAX_LINKS)
        wanted = str(field.options.get("field"))
        if wanted in SYSTEM_TYPES and wanted not in target.fields:
            system = system_fields(zone)[wanted]
            return Shown((*path, wanted), system.type.key, system.options, SYSTEM_TYPES[wanted])
        found = target.fields.get(wanted)
        if found is None or found.type is None:
            return problem("/field", "unknown_field", field=wanted, form=target.key)
        if found.type_key != "lookup":
            options = {**found.options, "zone": zone}
            return Shown(
                (*path, wanted), found.type_key, options, found.type.value_type(found.options)
            )
        form, field = target, found


def types_of(form: Form, forms: Mapping[str, Form], zone: str) -> dict[str, Type]:
    """The types of a form's names: its fields and the system columns.

    What cannot be resolved is of any type, so that one mistake is not reported many times.
    """
    types: dict[str, Type] = dict(SYSTEM_TYPES)
    for key, field in form.fields.items():
        if field.type is None or (field.type_key == "link" and "form" not in field.options):
            types[key] = ANY
        elif field.type_key == "lookup":
            shown = resolve_lookup(form, field, forms, zone)
            types[key] = ANY if isinstance(shown, Problem) else shown.value_type
        else:
            types[key] = field.type.value_type(field.options)
    return types
