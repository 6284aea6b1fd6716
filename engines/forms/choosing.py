"""What choice and choices share: their options, by value or by any label."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engines.forms.field_type import InvalidValue, Options
from engines.forms.options import option
from engines.forms.plain_text import narrow
from engines.problems import Problem, pointer, problem
from engines.texts import TEXT_SCHEMA, all_texts, text

OPTIONS_LIMIT = 1_000
COLORS = ("grey", "blue", "cyan", "green", "amber", "orange", "red", "pink", "purple")

OPTIONS = option(
    {
        "type": "array",
        "minItems": 1,
        "maxItems": OPTIONS_LIMIT,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "required": ["value"],
            "properties": {
                "value": {
                    "type": "string",
                    "pattern": "^[A-Za-z0-9]+([_.-][A-Za-z0-9]+)*$",
                    "maxLength": 60,
                },
                "label": TEXT_SCHEMA,
                "color": {"enum": list(COLORS)},
            },
        },
    },
    "选项",
    "Options",
    order=1,
    widget="options",
    help=(
        "每行一个选项，可整列粘贴。改名不影响已有数据",
        "One per line; paste a whole column. Renaming keeps existing data",
    ),
)


def members(options: Options) -> list[Mapping[str, Any]]:
    """The options in the author's order."""
    found = options.get("options")
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def values(options: Options) -> tuple[str, ...]:
    """The stable keys in the author's order."""
    return tuple(str(each.get("value")) for each in members(options))


def check_value(value: object, options: Options) -> str:
    """``value`` itself when it is one of the options; raises InvalidValue."""
    if not isinstance(value, str):
        shown = json.dumps(value, ensure_ascii=False, default=str)
        raise InvalidValue("not_an_option", value=shown[:60])
    for each in options.get("options") or ():
        if each.get("value") == value:
            return value
    raise InvalidValue("not_an_option", value=value[:60])


def matching(cell: str, options: Options) -> str:
    """The option that a cell means, by value or by any label, ignoring case and outer blanks."""
    found = _meanings(options).get(narrow(cell).casefold())
    if found is None:
        raise InvalidValue("not_an_option", value=cell.strip()[:60])
    return found


# By identity, with the options themselves, which keep it from being given to others: folding every
# label anew for each cell of a file takes longer than all else that is done with it.
_known: dict[int, tuple[Options, Mapping[str, str]]] = {}
KNOWN = 1_000


def _meanings(options: Options) -> Mapping[str, str]:
    """Folded value or label → value. Values go before labels, earlier options before later ones."""
    known = _known.get(id(options))
    if known is not None:
        return known[1]
    found: dict[str, str] = {}
    for each in members(options):
        found.setdefault(str(each.get("value")).casefold(), str(each["value"]))
    for each in members(options):
        for label in all_texts(each.get("label")):
            found.setdefault(narrow(label).casefold(), str(each["value"]))
    if len(_known) >= KNOWN:
        _known.clear()
    _known[id(options)] = options, found
    return found


def label_of(value: object, options: Options, language: str) -> str:
    """The label of an option; a value that is no option any more speaks for itself."""
    for each in members(options):
        if each.get("value") == value:
            return text(each.get("label"), language, str(value))
    return "" if value is None else str(value)


def options_problems(options: Options) -> tuple[Problem, ...]:
    """Values must differ; so must labels of one language, or a cell would mean two options."""
    found: list[Problem] = []
    seen: set[str] = set()
    labels: set[str] = set()
    for index, each in enumerate(members(options)):
        value = str(each.get("value"))
        if value in seen:
            found.append(problem(pointer("options", index, "value"), "option_twice", value=value))
        seen.add(value)
        mine = {narrow(label).casefold() for label in all_texts(each.get("label"))}
        path = pointer("options", index, "label")
        found += [problem(path, "option_label_twice", label=each) for each in mine & labels]
        labels |= mine
    return tuple(found)
