"""The definition of a form from the columns that somebody chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from engines.forms.proposals import headers

WIDE = ("long_text",)
TITLES = ("text", "serial", "email", "phone", "choice", "person", "date", "number")
"""Types of fields that can name a record, the best first."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One column as it becomes a field."""

    header: str
    key: str
    label: str
    type: str
    options: Mapping[str, object] = field(default_factory=dict)
    blank: tuple[str, ...] = ()


def form_body(key: str, label: str, columns: Sequence[Chosen]) -> dict[str, object]:
    """A form with these fields, two beside each other, titled by what names a record best."""
    body: dict[str, object] = {"kind": "form", "key": key, "format": 1, "label": label}
    named = _named(columns)
    if named is not None:
        body["title"] = "{{" + named.key + "}}"
    body["fields"] = {
        each.key: {**each.options, "type": each.type, "label": each.label} for each in columns
    }
    body["layout"] = [{"rows": _rows(columns)}]
    return body


def _named(columns: Sequence[Chosen]) -> Chosen | None:
    """The first text called a name; else the first text, else what comes nearest to one."""
    texts = [each for each in columns if each.type == "text"]
    for each in texts:
        if headers.NAME.search(each.label) and not headers.NAMES_ONE.search(each.label):
            return each
    for kind in TITLES:
        for each in columns:
            if each.type == kind:
                return each
    return None


def _rows(columns: Sequence[Chosen]) -> list[list[str]]:
    rows: list[list[str]] = []
    open_row = False
    for each in columns:
        if each.type in WIDE:
            rows.append([each.key])
            open_row = False
        elif open_row:
            rows[-1].append(each.key)
            open_row = False
        else:
            rows.append([each.key])
            open_row = True
    return rows
