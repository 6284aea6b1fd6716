"""Packaged applications: folders of definitions that come with the product."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from engines.definitions.read import read
from engines.problems import Problem, Problems, refuse
from engines.texts import text
from engines.values import read_json

FOLDER = Path(settings.BASE) / "templates" / "applications"


def names() -> list[str]:
    """The keys of all packaged applications."""
    if not FOLDER.is_dir():
        return []
    return sorted(each.name for each in FOLDER.iterdir() if (each / "application.json").is_file())


def listed(language: str) -> list[dict[str, str]]:
    """Each packaged application with its label, for choosing one to begin with."""
    found = []
    for name in names():
        body: Any = read_json((FOLDER / name / "application.json").read_bytes())
        found.append(
            {
                "key": name,
                "label": text(body.get("label"), language, name),
                "description": text(body.get("description"), language),
                "icon": str(body.get("icon") or ""),
            }
        )
    return found


def folder(name: object) -> Path:
    """The folder of a packaged application; Problems where there is none of that name."""
    if not isinstance(name, str) or name not in names():
        raise refuse("/template", "no_such_template", template=str(name)[:60])
    return FOLDER / name


def definitions(name: object) -> Mapping[tuple[str, str], Any]:
    """The definitions of a packaged application; raises Problems naming the files."""
    root = folder(name)
    found: dict[tuple[str, str], Any] = {}
    problems: list[Problem] = []
    for file in [root / "application.json", *sorted(root.glob("*/*.json"))]:
        if file.parent.name == "sample":
            continue
        try:
            each = read(read_json(file.read_bytes()))
        except Problems as error:
            problems += error.under(f"/{file.relative_to(root)}").problems
            continue
        found[each.kind, each.key] = each.body
    if problems:
        raise Problems(problems)
    return found
