"""What is wrong with the fields that a public form names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engines.forms.field import FieldPlan
from engines.problems import Problem, problem, warning


def public_problems(form: str, public: Any, fields: Mapping[str, FieldPlan]) -> Iterator[Problem]:
    """Fields that are not there, and fields that strangers will not see."""
    names = public.get("fields") if isinstance(public, Mapping) else None
    for index, key in enumerate(names or ()):
        path = f"/public/fields/{index}"
        if key not in fields:
            yield problem(path, "unknown_field", field=key, form=form)
        elif not fields[key].type.plain or fields[key].read_only:
            yield warning(path, "not_on_public_forms", field=key)
