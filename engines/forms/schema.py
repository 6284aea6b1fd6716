"""The schema of a field in a form definition, drawn together from the field types."""

from __future__ import annotations

from typing import Any

from engines.definitions.kinds.form import form_schema
from engines.definitions.parts import one_of
from engines.forms.field import COMMON_SCHEMA
from engines.forms.field_type import FieldType, field_types, load_field_types
from engines.forms.options import closed


def field_schema() -> dict[str, Any]:
    """One field: its type, what all fields share as far as the type has it, its own options."""
    load_field_types()
    return one_of({kind.key: _schema_of(kind) for kind in field_types})


def form_definition_schema() -> dict[str, Any]:
    """A whole form definition."""
    return form_schema(field_schema())


def _schema_of(kind: FieldType) -> dict[str, Any]:
    common = COMMON_SCHEMA["properties"]
    own = kind.options_schema
    return closed(
        {**{name: common[name] for name in kind.common}, **own["properties"]},
        tuple(own.get("required", ())),
    )
