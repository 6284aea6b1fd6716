"""A form definition read into typed parts; nothing is resolved yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engines.forms.field_type import COMMON, FieldType, field_types
from engines.texts import Text

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """A field as written: ``options`` are those of its type, the rest is common to all types."""

    key: str
    type_key: str
    options: Mapping[str, Any]
    common: Mapping[str, Any]

    @property
    def type(self) -> FieldType | None:
        """The field type, or None when there is none of that name."""
        return field_types.get(self.type_key)

    @property
    def label(self) -> Text:
        """What people see; the key where nothing is written."""
        label: Text = self.common.get("label") or self.key
        return label


@dataclass(frozen=True, slots=True)
class Form:
    """A form as written."""

    key: str
    label: Text
    title: str | None
    fields: Mapping[str, Field]
    body: Body


def read_form(body: Body) -> Form:
    """The typed reading of a form that its schema has accepted; missing parts are empty."""
    written = body.get("fields")
    fields = {
        key: _field(key, field)
        for key, field in (written.items() if isinstance(written, Mapping) else ())
        if isinstance(field, Mapping)
    }
    key = str(body.get("key", ""))
    return Form(key, body.get("label") or key, body.get("title"), fields, body)


def _field(key: str, body: Body) -> Field:
    options = {name: value for name, value in body.items() if name not in (*COMMON, "type")}
    common = {name: body[name] for name in COMMON if name in body}
    return Field(key, str(body.get("type", "")), options, common)


def layout_rows(layout: Any, path: str = "") -> Iterator[tuple[str, Sequence[Any]]]:
    """Every row of a layout with its JSON pointer, sections and tabs alike."""
    for index, block in enumerate(layout if isinstance(layout, Sequence) else ()):
        here = f"{path}/{index}"
        if not isinstance(block, Mapping):
            continue
        for row, keys in enumerate(block.get("rows") or ()):
            yield f"{here}/rows/{row}", keys
        yield from layout_rows(block.get("tabs") or (), f"{here}/tabs")
