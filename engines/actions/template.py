"""Texts with placeholders: ``{{name}}``, ``{{customer.name}}``, ``{{amount|money}}``.

A placeholder is a field, or a path through links, and perhaps one format; nothing else. Unknown
fields and formats are problems when the definition is saved, never when a text is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engines.actions.reading import Reading
from engines.forms.field import FieldPlan
from engines.forms.options import option
from engines.forms.plan import FormPlan
from engines.formulas.to_python import Env
from engines.formulas.types import Type, is_reference
from engines.texts import LANGUAGES, TEXT_SCHEMA, Text, text
from engines.values import JsonValue, decimal_text, rounded

_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_INSIDE = re.compile(r"^\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\s*(?:\|\s*([a-z]+)\s*)?$")

EMPTY = "—"

Path = tuple[str, ...]


def _money(value: Decimal) -> str:
    return f"{rounded(value, 2):,.2f}"


def _number(value: Decimal) -> str:
    whole, _, rest = decimal_text(value).partition(".")
    return f"{int(whole):,}" + ("." + rest if rest else "")


def _percent(value: Decimal) -> str:
    return decimal_text(rounded(value * 100, 1)) + "%"


NUMBER_FORMATS: Mapping[str, Callable[[Decimal], str]] = {
    "money": _money,
    "number": _number,
    "percent": _percent,
}
DATE_FORMATS: Mapping[str, str] = {
    "date": "%Y-%m-%d",
    "month": "%Y-%m",
    "time": "%H:%M",
    "datetime": "%Y-%m-%d %H:%M",
}
FORMATS = (*NUMBER_FORMATS, *DATE_FORMATS)


@dataclass(frozen=True, slots=True)
class Place:
    """One placeholder: what is read, its field (None where there is none), and the format."""

    path: Path
    type: Type
    field: FieldPlan | None
    format: str | None


@dataclass(frozen=True, slots=True)
class Template:
    """Per language: fixed texts and places in order."""

    parts: Mapping[str, tuple[str | Place, ...]]

    @property
    def _places(self) -> tuple[Place, ...]:
        return tuple(
            part for parts in self.parts.values() for part in parts if isinstance(part, Place)
        )

    @property
    def paths(self) -> frozenset[Path]:
        """Link paths whose values are read."""
        return frozenset(place.path for place in self._places if len(place.path) > 1)

    @property
    def names(self) -> frozenset[Path]:
        """Paths of people, departments and links: they are shown by display name."""
        return frozenset(place.path for place in self._places if is_reference(place.type))


def template_schema(zh: str, en: str, *, order: int) -> dict[str, Any]:
    """JSON Schema of a text with placeholders."""
    return option(
        dict(TEXT_SCHEMA),
        zh,
        en,
        order=order,
        widget="template",
        help=(
            "用 {{字段}} 插入记录的内容",
            "Insert the record's content with {{field}}",
        ),
    )


def compile_template(source: Text, reading: Reading, path: str) -> Template:
    """The template; each placeholder that cannot be read is a problem at ``path``."""
    sources = {language: text(source, language) for language in LANGUAGES}
    parts = {each: _parts(each, reading, path) for each in dict.fromkeys(sources.values())}
    return Template({language: parts[each] for language, each in sources.items()})


def _parts(source: str, reading: Reading, path: str) -> tuple[str | Place, ...]:
    found: list[str | Place] = []
    position = 0
    for match in _PLACE.finditer(source):
        if match.start() > position:
            found.append(source[position : match.start()])
        position = match.end()
        place = _place(match.group(1), reading, path)
        if place is not None:
            found.append(place)
    if position < len(source):
        found.append(source[position:])
    for each in found:
        if isinstance(each, str) and ("{{" in each or "}}" in each):
            reading.problem(path, "placeholder_malformed", placeholder=each.strip()[:80])
    return tuple(found)


def _place(inside: str, reading: Reading, path: str) -> Place | None:
    match = _INSIDE.match(inside)
    if match is None:
        reading.problem(path, "placeholder_malformed", placeholder=inside.strip()[:80])
        return None
    names, form_at = tuple(match.group(1).split(".")), match.group(2)
    type_ = reading.scope.names.get(names[0])
    form: FormPlan | None = reading.form
    field = form.field(names[0]) if form else None
    for name in names[1:]:
        if type_ is None:
            break
        form = reading.forms.get(type_.form) if type_.form else None
        type_ = reading.scope.follow(type_, name)
        field = form.field(name) if form else None
    if type_ is None:
        reading.problem(path, "placeholder_unknown", placeholder=".".join(names))
        return None
    if form_at is not None and not _fits(form_at, type_):
        code = (
            "placeholder_format_unknown" if form_at not in FORMATS else "placeholder_format_unfit"
        )
        reading.problem(path, code, placeholder=".".join(names), format=form_at)
        return None
    return Place(names, type_, field, form_at)


def _fits(name: str, type_: Type) -> bool:
    return (name in NUMBER_FORMATS and type_.name == "number") or (
        name in DATE_FORMATS and type_.name in ("date", "moment")
    )


def told(template: Template, env: Env, names: Mapping[Path, str]) -> dict[str, JsonValue]:
    """The text as JSON: per language its parts, those that were read with their path, so that each
    reader is told what he may see. ``names`` are those of people, departments and links."""
    return {
        language: [
            part
            if isinstance(part, str)
            else {"text": _shown(part, env, names, language), "path": ".".join(part.path)}
            for part in parts
        ]
        for language, parts in template.parts.items()
    }


def tell(text: Mapping[str, Any], shown: Callable[[Path], str | None]) -> dict[str, str]:
    """What one reader is told of a text from ``told``, per language.

    ``shown`` says what he may read at a path: None leaves what stands there, "" hides it.
    """
    return {
        language: "".join(
            part if isinstance(part, str) else _for_reader(part, shown) for part in parts
        )
        for language, parts in text.items()
    }


def _for_reader(part: Mapping[str, str], shown: Callable[[Path], str | None]) -> str:
    other = shown(tuple(part["path"].split(".")))
    return part["text"] if other is None else other or EMPTY


def paths_told(text: Mapping[str, Any]) -> frozenset[Path]:
    """Everything that a text from ``told`` was read from."""
    return frozenset(
        tuple(part["path"].split("."))
        for parts in text.values()
        for part in parts
        if isinstance(part, dict)
    )


def _shown(place: Place, env: Env, names: Mapping[Path, str], language: str) -> str:
    own = len(place.path) == 1
    value = env.values.get(place.path[0]) if own else env.links.get(place.path)
    if value is None or value == ():
        return EMPTY
    if is_reference(place.type):
        return names.get(place.path, EMPTY)
    if isinstance(value, tuple):
        one = (_written(member, place, env.zone, language) for member in value)
        return "、".join(one) if language == "zh-Hans" else ", ".join(one)
    return _written(value, place, env.zone, language)


def _written(value: object, place: Place, zone: str, language: str) -> str:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).strftime(DATE_FORMATS[place.format or "datetime"])
    if isinstance(value, date):
        return value.strftime(DATE_FORMATS[place.format or "date"])
    if isinstance(value, Decimal) and place.format is not None:
        return NUMBER_FORMATS[place.format](value)
    if isinstance(value, bool):
        words = {"zh-Hans": ("是", "否"), "en": ("yes", "no")}[language]
        return words[0] if value else words[1]
    for choice in place.field.options.get("options", ()) if place.field is not None else ():
        if choice["value"] == value:
            return text(choice.get("label"), language, str(value))
    return decimal_text(value) if isinstance(value, Decimal) else str(value)
