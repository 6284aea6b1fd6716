"""Every problem has a sentence in both languages, with the same places for parameters."""

import json
import string

import pytest

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


def test_parameters_are_put_in() -> None:
    found = problem("/name", "too_large", limit=5)
    assert "5" in texts.message(found, "en")
    assert "5" in texts.message(found, "zh-Hans")


def test_a_code_without_wording_stands_for_itself() -> None:
    assert texts.message(problem("", "nobody_worded_this"), "en") == "nobody_worded_this"


def test_a_missing_parameter_does_not_fail() -> None:
    assert texts.message(problem("", "too_large"), "en")
