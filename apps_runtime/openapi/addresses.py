"""The addresses that Django answers, with the names OpenAPI gives to their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import UUIDConverter, get_converters

from apps_runtime.api.view import View, public

METHODS = ("get", "post", "put", "patch", "delete")
STRING = {"type": "string"}
_DIGITS = re.compile(r"\[0-9\](\+|\{[0-9,]+\})")
_PART = re.compile(r"<(?:(\w+):)?(\w+)>")
_NAMED_GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True, slots=True)
class Address:
    """One address: ``path`` as ``/api/apps/{app}``, the schema of each part, its view."""

    path: str
    parts: dict[str, dict[str, Any]]
    view: type[View]

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that the view answers, in capitals."""
        return tuple(each.upper() for each in METHODS if hasattr(self.view, each))

    @property
    def public(self) -> bool:
        """Whether everybody may ask."""
        return self.view.policy is public


def addresses() -> tuple[Address, ...]:
    """Every address with a ``View``, in the order of the lists of addresses, each once."""
    found: dict[str, Address] = {}
    for route, pattern in _patterns(get_resolver(), ""):
        view = getattr(pattern.callback, "view_class", None)
        if view is None or not issubclass(view, View):
            continue
        parts = dict.fromkeys(_NAMED_GROUP.findall(route), STRING)
        route = _NAMED_GROUP.sub(r"{\1}", route)
        parts |= {name: _schema(converter) for converter, name in _PART.findall(route)}
        path = "/" + _PART.sub(r"{\2}", route)
        found.setdefault(path, Address(path, parts, view))
    return tuple(found.values())


def _schema(name: str) -> dict[str, Any]:
    """What a converter of Django takes: nothing but digits is a number."""
    converter = get_converters()[name or "str"]
    if isinstance(converter, UUIDConverter):
        return {"type": "string", "format": "uuid"}
    return {"type": "integer"} if _DIGITS.fullmatch(converter.regex) else STRING


def _patterns(resolver: URLResolver, before: str) -> Iterator[tuple[str, URLPattern]]:
    for each in resolver.url_patterns:
        route = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            yield from _patterns(each, route)
        else:
            yield route, each
