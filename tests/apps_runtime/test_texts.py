"""Every problem has a sentence in both languages, with the same places for parameters."""

import ast
import json
import re
import string
from pathlib import Path

import pytest
from django.conf import settings

from apps_runtime import texts
from engines.problems import problem


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", sorted(texts.wordings()))
def test_wordings_are_complete(code: str) -> None:
    wording = texts.wordings()[code]
    assert set(wording) == {"zh-Hans", "en"}
    assert all(each.strip() for each in wording.values())
    assert _places(wording["zh-Hans"]) == _places(wording["en"])


def test_no_code_is_worded_in_two_ways() -> None:
    seen: dict[str, tuple[str, object]] = {}
    twice = []
    for file in sorted(texts.FOLDER.glob("*.json")):
        for code, wording in json.loads(file.read_text(encoding="utf-8")).items():
            if code in seen and seen[code][1] != wording:
                twice.append(f"{code}: {seen[code][0]} and {file.name}")
            seen.setdefault(code, (file.name, wording))
    assert twice == []


PROGRAM = [
    path
    for folder in ("engines", "apps_runtime", "builder")
    for path in (Path(settings.BASE) / folder).rglob("*.py")
]
# Codes that Django gives to passwords it refuses, behind our own first word.
OF_DJANGO = re.compile(r"password_\w+")


def _asked_for() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every text of the program that may be a code, and how those that are put together look."""
    texts_: set[str] = set()
    shapes: set[str] = set()
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts_.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    each.value if isinstance(each, ast.Constant) else None for each in node.values
                ]
                shape = "".join(r"\w+" if each is None else str(each) for each in parts)
                fixed = "".join(each for each in parts if isinstance(each, str))
                if re.fullmatch(r"[a-z_]{4,}", fixed):
                    shapes.add(shape)
    return texts_, [re.compile(each) for each in sorted(shapes)]


def test_every_wording_is_asked_for() -> None:
    written, shapes = _asked_for()
    forgotten = [
        code
        for code in texts.wordings()
        if code not in written
        and not OF_DJANGO.fullmatch(code)
        and not any(shape.fullmatch(code) for shape in shapes)
    ]
    assert forgotten == []


def test_parameters_are_put_in() -> None:
    found = problem("/name", "too_large", limit=5)
    assert "5" in texts.message(found, "en")
    assert "5" in texts.message(found, "zh-Hans")


def test_a_code_without_wording_stands_for_itself() -> None:
    assert texts.message(problem("", "nobody_worded_this"), "en") == "nobody_worded_this"


def test_a_missing_parameter_does_not_fail() -> None:
    assert texts.message(problem("", "too_large"), "en")
