"""Who uses what: every place of every definition that names another definition or a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engines.definitions.mentions import paths_in_formula, paths_in_template
from engines.definitions.schemas import KINDS, schema
from engines.definitions.validate import branch_of
from engines.problems import pointer

Key = tuple[str, str]
# A property of this name holds the key of a definition of that kind, whatever its widget.
_NAMED = frozenset({"form", "flow", "rule", "report", "dashboard", "role", "calendar"})
# A text of this name is a condition, also where its schema draws nothing.
_CONDITIONS = frozenset({"when", "where", "that"})


@dataclass(frozen=True, slots=True)
class Reference:
    """At ``path`` the definition from_kind/from_key names to_kind/to_key, or a field of it."""

    from_kind: str
    from_key: str
    path: str
    to_kind: str
    to_key: str
    to_field: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: the form in hand, the object around, and the path from the top."""

    kind: str
    key: str
    form: str | None
    path: tuple[str | int, ...] = ()

    def down(self, *steps: str | int) -> _Place:
        return replace(self, path=(*self.path, *steps))


def references(definitions: Mapping[Key, Mapping[str, Any]]) -> tuple[Reference, ...]:
    """Every reference between ``definitions``, also those that lead nowhere.

    The schemas say which property is what: a form, fields, a formula, a template.
    """
    walk = _Walk(definitions)
    found: dict[Reference, None] = {}
    for (kind, key), body in definitions.items():
        if kind not in KINDS:
            continue
        form = key if kind == "form" else body.get("form")
        start = _Place(kind, key, form if isinstance(form, str) else None)
        for reference in walk.object(body, schema(kind), start, body):
            if (reference.to_kind, reference.to_key, reference.path) != (kind, key, "/key"):
                found[reference] = None
    return tuple(found)


class _Walk:
    def __init__(self, definitions: Mapping[Key, Mapping[str, Any]]) -> None:
        self._definitions = definitions

    def _field(self, form: str | None, key: str) -> Mapping[str, Any]:
        fields = self._definitions.get(("form", form or ""), {}).get("fields")
        found = fields.get(key) if isinstance(fields, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    def _leads_to(self, form: str | None, key: str) -> str | None:
        field = self._field(form, key)
        target = field.get("form")
        if field.get("type") == "lookup":
            through = self._leads_to(form, str(field.get("link")))
            return self._leads_to(through, str(field.get("field")))
        return target if isinstance(target, str) else None

    def _path(self, place: _Place, form: str | None, path: tuple[str, ...]) -> Iterator[Reference]:
        """One reference for each form on the way along a path of links."""
        for name in path:
            if form is None:
                return
            yield self._to(place, "form", form, name)
            nested = self._field(form, name).get("fields")
            if isinstance(nested, Mapping) and len(path) > 1:
                yield self._to(place, "form", form, ".".join(path))
                return
            form = self._leads_to(form, name)

    @staticmethod
    def _to(place: _Place, kind: str, key: str, field: str | None = None) -> Reference:
        return Reference(place.kind, place.key, pointer(*place.path), kind, key, field)

    def object(
        self, value: Any, rules: Mapping[str, Any], place: _Place, around: Any
    ) -> Iterator[Reference]:
        """References in ``value``, which ``rules`` describe; ``around`` is the object it is in."""
        branch = branch_of(rules, value)
        widget = rules.get("x-widget") or branch.get("x-widget")
        if (
            widget is None
            and isinstance(value, str)
            and place.path[-1:]
            and (place.path[-1] in _CONDITIONS)
        ):
            widget = "condition"
        form = self._form_for(rules, place, around)
        if widget is not None and (found := self._by_widget(str(widget), value, place, form)):
            yield from found
            if isinstance(value, str):
                return
        if isinstance(value, Mapping):
            yield from self._members(value, branch, place)
        elif isinstance(value, list | tuple):
            items = branch.get("items")
            for index, item in enumerate(value):
                if isinstance(items, Mapping):
                    yield from self.object(item, items, place.down(index), around)

    def _members(
        self, value: Mapping[str, Any], rules: Mapping[str, Any], place: _Place
    ) -> Iterator[Reference]:
        known = rules.get("properties") or {}
        others = rules.get("additionalProperties")
        for name, member in value.items():
            part = known.get(name, others if isinstance(others, Mapping) else None)
            here = place.down(name)
            if name in _NAMED and name in known and isinstance(member, str):
                if member != "*":
                    yield self._to(here, name, member)
                continue
            if isinstance(part, Mapping):
                yield from self.object(member, part, here, value)

    def _form_for(self, rules: Mapping[str, Any], place: _Place, around: Any) -> str | None:
        """The form whose fields are meant: that of the sibling ``x-of``, else the one in hand."""
        sibling = rules.get("x-of")
        if not isinstance(sibling, str) or not isinstance(around, Mapping):
            return place.form
        named = around.get(sibling)
        if not isinstance(named, str):
            return place.form
        return named if sibling == "form" else self._leads_to(place.form, named)

    def _by_widget(
        self, widget: str, value: Any, place: _Place, form: str | None
    ) -> list[Reference]:
        if widget in ("formula", "condition") and isinstance(value, str):
            return [
                each for path in paths_in_formula(value) for each in self._path(place, form, path)
            ]
        if widget == "template":
            texts = value.values() if isinstance(value, Mapping) else (value,)
            return [
                each
                for text in texts
                if isinstance(text, str)
                for path in paths_in_template(text)
                for each in self._path(place, form, path)
            ]
        if widget == "form" and isinstance(value, str):
            return [self._to(place, "form", value)]
        if widget == "values" and isinstance(value, Mapping):
            return self._values(value, place, form)
        if widget in ("field", "fields", "rights"):
            return self._fields(value, place, form)
        return []

    def _values(self, value: Mapping[str, Any], place: _Place, form: str | None) -> list[Reference]:
        found: list[Reference] = []
        for name, text in value.items():
            here = place.down(name)
            found.extend(self._path(here, form, (name,)))
            if isinstance(text, str):
                for path in paths_in_formula(text):
                    found.extend(self._path(here, place.form, path))
        return found

    def _fields(self, value: Any, place: _Place, form: str | None) -> list[Reference]:
        found: list[Reference] = []
        if isinstance(value, str):
            found.extend(self._path(place, form, tuple(value.removeprefix("-").split("."))))
        elif isinstance(value, Mapping):
            for name in value:
                if name != "*":
                    found.extend(self._path(place.down(name), form, (name,)))
        elif isinstance(value, list | tuple):
            for index, name in enumerate(value):
                if isinstance(name, str):
                    path = tuple(name.removeprefix("-").split("."))
                    found.extend(self._path(place.down(index), form, path))
        return found
