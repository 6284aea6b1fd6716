"""Every function exists in all back ends, and they agree, on empty arguments too."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator

import psycopg2
import pytest

from engines.formulas.compile import Formula, compile_formula
from engines.formulas.function import Argument, Function
from engines.formulas.functions import FUNCTIONS
from engines.formulas.types import Type
from tests.engines.formulas import back_ends
from tests.engines.formulas.sample import SCOPE

FULL = {
    "number": "quantity", "text": "name", "date": "due", "moment": "at", "boolean": "done",
    "person": "owner", "department": "department", "any": "amount", "T": "amount", "S": "stage",
}  # fmt: skip
EMPTY = {
    "number": "nothing", "text": "blank", "date": "no_date", "moment": "no_moment",
    "boolean": "unsure", "person": "nobody", "any": "nothing", "T": "nothing", "S": "blank",
}  # fmt: skip
LISTS = {"number": "numbers", "text": "tags", "date": "days", "T": "numbers", "S": "tags"}
NO_LISTS = {"number": "no_numbers", "text": "no_tags", "date": "[]", "T": "no_numbers"}
NAMED = [each for each in FUNCTIONS.values() if each.family != "operators"]


def written(argument: Argument, *, empty: bool) -> str | None:
    """An argument of the wanted type, full or empty; None where it cannot be empty."""
    type_: Type = argument.types[0]
    if argument.values is not None:
        return None if empty else f"'{next(iter(argument.values.values()))}'"
    if argument.literal:
        return None if empty else "'0.00'"
    if type_.name == "list":
        member = type_.of.name if type_.of else "text"
        return (NO_LISTS if empty else LISTS).get(member)
    return (EMPTY if empty else FULL)[type_.name]


def calls(function: Function, *, with_empty: bool) -> Iterator[str]:
    """One call with all arguments; or one for each argument with that one left empty."""
    arguments = function.arguments
    full = [written(each, empty=False) or "name" for each in arguments]
    if not with_empty:
        yield f"{function.key}({', '.join(full)})"
        required = [f for f, each in zip(full, arguments, strict=True) if not each.optional]
        if len(required) < len(full) and function.signature is None:
            yield f"{function.key}({', '.join(required)})"
        return
    for place, argument in enumerate(arguments):
        empty = written(argument, empty=True)
        if empty is not None:
            yield f"{function.key}({', '.join([*full[:place], empty, *full[place + 1 :]])})"


def through_all(formulas: list[Formula], database_url: str) -> list[tuple[object, object, object]]:
    zone = "Asia/Shanghai"
    connection = psycopg2.connect(database_url)
    try:
        with connection.cursor() as cursor:
            back_ends.make_table(cursor)
            in_postgres = back_ends.in_postgres(cursor, formulas, zone)
    finally:
        connection.close()
    in_browser, _ = back_ends.in_browser(formulas, zone)
    return list(zip(back_ends.in_python(formulas, zone), in_postgres, in_browser, strict=True))


def test_the_browser_has_every_function_and_no_other() -> None:
    _, found = back_ends.in_browser([], "UTC")
    assert found == set(FUNCTIONS)


def test_there_are_the_functions_of_a_spreadsheet() -> None:
    assert len(NAMED) >= 70


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda each: each.key)
def test_each_is_well_described(function: Function) -> None:
    if function.family != "operators":
        assert function.key.isupper()
        assert set(function.label) == {"zh-Hans", "en"}
    required = [not each.optional for each in function.arguments]
    assert required == sorted(required, reverse=True), "optional arguments come last"
    assert not any(each.repeated for each in function.arguments[:-1])
    parameters = inspect.signature(function.python).parameters.values()
    if not any(each.kind is each.VAR_POSITIONAL for each in parameters):
        assert len(parameters) == len(function.arguments) + len(function.needs)


def test_families_are_the_modules_and_packages_of_the_folder() -> None:
    folder = back_ends.ROOT / "engines" / "formulas" / "functions"
    families = {path.parent.name for path in folder.glob("*/__init__.py")} | {
        path.stem for path in folder.glob("*.py") if path.stem != "__init__"
    }
    assert {each.family for each in FUNCTIONS.values()} == families


def test_every_module_of_a_family_takes_part() -> None:
    for path in (back_ends.ROOT / "engines" / "formulas" / "functions").glob("*/*.py"):
        if path.stem == "__init__" or "FUNCTIONS = (" not in path.read_text(encoding="utf-8"):
            continue
        part = importlib.import_module(f"engines.formulas.functions.{path.parent.name}.{path.stem}")
        for function in part.FUNCTIONS:
            assert FUNCTIONS[function.key].family == path.parent.name


def test_all_back_ends_agree_on_full_arguments(database_url: str) -> None:
    texts = [call for function in NAMED for call in calls(function, with_empty=False)]
    formulas = [compile_formula(text, SCOPE) for text in texts]
    for text, (python, postgres, browser) in zip(
        texts, through_all(formulas, database_url), strict=True
    ):
        assert python == postgres == browser, text


def test_all_back_ends_agree_on_empty_arguments(database_url: str) -> None:
    texts = [
        (function.strict, call) for function in NAMED for call in calls(function, with_empty=True)
    ]
    formulas = [compile_formula(text, SCOPE) for _, text in texts]
    for (strict, text), (python, postgres, browser) in zip(
        texts, through_all(formulas, database_url), strict=True
    ):
        if strict and "[]" not in text:
            assert python is None, text
        assert python == postgres == browser, text
