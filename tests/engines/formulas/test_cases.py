"""The same cases through all three back ends: Python, Postgres and the browser's interpreter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from engines.formulas.compile import Formula, compile_formula
from engines.problems import Problems
from tests.engines.formulas import back_ends
from tests.engines.formulas.sample import SCOPE

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    line: int
    formula: str
    expected: Any
    problem: str | None


def read(path: Path) -> tuple[str, list[Case]]:
    """The zone and the cases of a file: ``formula => expected JSON`` or ``=> problem:code``."""
    zone = "Asia/Shanghai"
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# Zone: "):
            zone = line.removeprefix("# Zone: ").strip()
        if not line.strip() or line.startswith("#"):
            continue
        formula, _, expected = line.rpartition(" => ")
        if expected.startswith("problem:"):
            cases.append(Case(number, formula, None, expected.removeprefix("problem:")))
        else:
            cases.append(Case(number, formula, json.loads(expected), None))
    return zone, cases


FILES = sorted(FOLDER.glob("*.txt"))


def computed(path: Path) -> tuple[str, list[Case], list[Formula]]:
    zone, cases = read(path)
    kept = [case for case in cases if case.problem is None]
    return zone, kept, [compile_formula(case.formula, SCOPE) for case in kept]


def differences(path: Path, cases: list[Case], results: list[Any]) -> Iterator[str]:
    assert len(cases) == len(results)
    for case, result in zip(cases, results, strict=True):
        if result != case.expected or type(result) is not type(case.expected):
            yield f"{path.name}:{case.line}: {case.formula} = {result!r}, not {case.expected!r}"


def test_there_are_enough_cases() -> None:
    assert sum(len(read(path)[1]) for path in FILES) >= 500


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_python(path: Path) -> None:
    zone, cases, formulas = computed(path)
    found = list(differences(path, cases, back_ends.in_python(formulas, zone)))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_postgres(path: Path, database_url: str) -> None:
    zone, cases, formulas = computed(path)
    connection = psycopg2.connect(database_url)
    try:
        with connection.cursor() as cursor:
            back_ends.make_table(cursor)
            results = back_ends.in_postgres(cursor, formulas, zone)
    finally:
        connection.close()
    found = list(differences(path, cases, results))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_browser(path: Path) -> None:
    zone, cases, formulas = computed(path)
    results, _ = back_ends.in_browser(formulas, zone)
    found = list(differences(path, cases, results))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_refused(path: Path) -> None:
    for case in read(path)[1]:
        if case.problem is not None:
            with pytest.raises(Problems) as refused:
                compile_formula(case.formula, SCOPE)
            assert [each.code for each in refused.value.problems] == [case.problem]
