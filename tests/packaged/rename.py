"""Renames every key of a packaged application, as somebody would who wants no CRM in his words.

``python -m tests.packaged.rename templates/applications/crm`` renames in place; afterwards all
tests of the platform must still pass, because nothing outside the folder knows its keys.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SUFFIX = "_x"
# Properties whose text is a key (or a list of keys, at any depth).
KEYED = frozenset(
    (
        "form",
        "link",
        "field",
        "by",
        "columns",
        "card",
        "fields",
        "rows",
        "unique",
        "sort",
        "show",
        "hide",
        "require",
        "read_only",
        "header",
        "role",
        "report",
        "flow",
        "dashboard",
        "view",
        "from",
        "to",
        "at",
        "key",
        "of",
        "group",
        "total",
        "totals",
        "filters",
    )
)
FORMULAS = frozenset(
    (
        "when",
        "that",
        "where",
        "default",
        "formula",
        "see",
        "create",
        "edit",
        "delete",
        "export",
        "import",
    )
)
TEMPLATES = frozenset(("title", "text", "subject"))
OWN_KEYS = frozenset(("fields", "views", "nodes"))
WORDS = frozenset(("and", "or", "not", "in", "old", "true", "false", "empty"))
QUOTED = re.compile(r"('(?:[^'\\]|\\.|'')*'|\"(?:[^\"\\]|\\.)*\")")
NAME = re.compile(r"\b[a-z][a-z0-9_]*\b(?!\s*\()")
PLACE = re.compile(r"\{\{\s*([^}|]+)")


class Renamer:
    """Knows all keys of the application and renames them wherever they stand."""

    def __init__(self, bodies: list[dict[str, Any]]) -> None:
        self.keys: set[str] = set()
        for body in bodies:
            self.keys.add(body["key"])
            for part in OWN_KEYS:
                members = body.get(part)
                if isinstance(members, Mapping):
                    self.keys.update(members)

    def key(self, text: str) -> str:
        """A key, perhaps with a sort sign, as the end of a path, or of a measure."""
        sign, name = ("-", text[1:]) if text.startswith("-") else ("", text)
        measure, _, field = name.partition("_")
        if measure in ("sum", "average", "minimum", "maximum", "distinct") and field in self.keys:
            return f"{sign}{measure}_{self.key(field)}"
        parts = [part + SUFFIX if part in self.keys else part for part in name.split(".")]
        return sign + ".".join(parts)

    def formula(self, text: str) -> str:
        """Names outside quotes; functions are in upper case, so only keys are met."""
        pieces = QUOTED.split(text)
        return "".join(
            piece
            if index % 2
            else NAME.sub(
                lambda found: found.group() if found.group() in WORDS else self.key(found.group()),
                piece,
            )
            for index, piece in enumerate(pieces)
        )

    def template(self, text: Any) -> Any:
        """``{{name}}`` in one text, or in one per language."""
        if isinstance(text, Mapping):
            return {language: self.template(each) for language, each in text.items()}
        if not isinstance(text, str):
            return self.value(text, "")
        return PLACE.sub(lambda found: "{{" + self.key(found.group(1).strip()), text)

    def value(self, value: Any, name: str) -> Any:
        """A member called ``name`` of a definition."""
        if name in TEMPLATES:
            return self.template(value)
        if isinstance(value, Mapping):
            return self._members(value, name)
        if isinstance(value, list):
            return [self.value(each, name) for each in value]
        if isinstance(value, str) and name in FORMULAS:
            return self.formula(value)
        if isinstance(value, str) and name in KEYED:
            return self.key(value)
        return value

    def _members(self, value: Mapping[str, Any], name: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, member in value.items():
            keyed = name in OWN_KEYS or name in ("mask", "values")
            shown = self.key(key) if keyed else key
            if name == "values":
                found[shown] = self.formula(member) if isinstance(member, str) else member
            elif name in OWN_KEYS:
                found[shown] = self.value(member, "")
            else:
                found[shown] = self.value(member, key)
        return found


def rename(folder: Path) -> None:
    """Rename in place: definitions and the sample company."""
    files = [folder / "application.json", *sorted(folder.glob("*/*.json"))]
    definitions = [each for each in files if each.parent.name != "sample"]
    bodies = {path: json.loads(path.read_text(encoding="utf-8")) for path in definitions}
    renamer = Renamer(list(bodies.values()))
    for path, body in bodies.items():
        renamed = renamer.value(body, "")
        target = path if path.name == "application.json" else path.with_stem(renamed["key"])
        path.unlink()
        target.write_text(json.dumps(renamed, ensure_ascii=False), encoding="utf-8")
    _rename_sample(folder / "sample", renamer)


def _rename_sample(folder: Path, renamer: Renamer) -> None:
    settings = json.loads((folder / "sample.json").read_text(encoding="utf-8"))
    for form in settings["records"]:
        path = folder / f"{form}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            headers, *rows = csv.reader(file)
        path.unlink()
        with path.with_stem(renamer.key(form)).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[renamer.key(each) for each in headers], *rows])
    settings["records"] = [renamer.key(form) for form in settings["records"]]
    (folder / "sample.json").write_text(json.dumps(settings), encoding="utf-8")
    path = folder / settings["people"]
    with path.open(encoding="utf-8", newline="") as file:
        headers, *rows = csv.reader(file)
    place = headers.index("roles")
    for row in rows:
        row[place] = " ".join(renamer.key(role) for role in row[place].split())
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *rows])
    then = json.loads((folder / settings["then"]).read_text(encoding="utf-8"))
    for each in then:
        each["form"] = renamer.key(each["form"])
        each["values"] = {renamer.key(key): value for key, value in each["values"].items()}
    (folder / settings["then"]).write_text(json.dumps(then, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    rename(Path(sys.argv[1]))
