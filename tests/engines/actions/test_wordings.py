"""Every problem of flows, rules, actions, reports and calendars has words in both languages."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[3]
PACKAGES = ("flows", "rules", "actions", "reports", "calendars")
SPEAKING = {"problem", "warning", "refuse", "block", "Problem"}


def words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in (BASE / "apps_runtime" / "texts" / "problems").glob("*.json"):
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


def codes() -> Iterator[str]:
    """The literal codes in calls that name a problem."""
    for package in PACKAGES:
        for file in sorted((BASE / "engines" / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name not in SPEAKING:
                    continue
                for each in node.args[1:2]:
                    for part in ast.walk(each):
                        if isinstance(part, ast.Constant) and isinstance(part.value, str):
                            yield part.value


def test_the_codes_are_found() -> None:
    found = set(codes())
    assert {"no_such_node", "refused_by_rule", "nobody_to_ask", "hours_overlap"} <= found


@pytest.mark.parametrize(
    "code", sorted({code for code in codes() if re.fullmatch(r"[a-z]+(_[a-z]+)+", code)})
)
def test_a_code_has_words_in_both_languages(code: str) -> None:
    assert set(words().get(code, {})) == {"zh-Hans", "en"}
