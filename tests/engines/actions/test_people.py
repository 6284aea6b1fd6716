"""People kinds turn into questions; answers come back in order, each person once."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from engines.actions.assignees import ASSIGNEES, all_queries, compile_people, people_schema
from engines.actions.people import Facts, PeopleQuery, answers
from engines.actions.reading import Reading, scope_of
from tests.support.definitions import compiled, env

FORMS = compiled()


def queries(entry: dict[str, Any], *, starter: int | None = 1, **values: Any) -> list[PeopleQuery]:
    Draft202012Validator(people_schema()).validate(entry)
    form = FORMS["quote"]
    reading = Reading(form, FORMS, scope_of(form, FORMS), roles=frozenset({"sales"}))
    people = compile_people([entry], reading, "/who")
    assert reading.problems == []
    return list(all_queries(people, env(**values), starter))


@pytest.mark.parametrize(
    ("entry", "values", "expected"),
    [
        ({"type": "person", "person": "li.wei"}, {}, [PeopleQuery("username", key="li.wei")]),
        ({"type": "role", "role": "sales"}, {}, [PeopleQuery("role", key="sales")]),
        ({"type": "role", "role": "administrator"}, {}, [PeopleQuery("role", key="administrator")]),
        (
            {"type": "department", "department": "east", "below": True},
            {},
            [PeopleQuery("department", key="east", below=True)],
        ),
        ({"type": "department"}, {}, [PeopleQuery("department", person=1)]),
        (
            {"type": "department", "of": "owner"},
            {"owner": 7},
            [PeopleQuery("department", person=7)],
        ),
        ({"type": "department_head"}, {}, [PeopleQuery("head", person=1)]),
        (
            {"type": "department_head", "department": "east", "level": 2},
            {},
            [PeopleQuery("head", key="east", level=2)],
        ),
        ({"type": "department_head", "of": "owner"}, {"owner": 7}, [PeopleQuery("head", person=7)]),
        (
            {"type": "manager", "of": "starter", "level": 2},
            {},
            [PeopleQuery("manager", person=1, level=2)],
        ),
        (
            {"type": "manager", "of": "customer.owner"},
            {"customer__owner": 9},
            [PeopleQuery("manager", person=9)],
        ),
        ({"type": "field", "field": "owner"}, {"owner": 7}, [PeopleQuery("person", person=7)]),
        ({"type": "field", "field": "owner"}, {"owner": None}, []),
        ({"type": "starter"}, {}, [PeopleQuery("person", person=1)]),
    ],
)
def test_questions(
    entry: dict[str, Any], values: dict[str, Any], expected: list[PeopleQuery]
) -> None:
    assert queries(entry, **values) == expected


def test_without_a_starter_nobody_is_asked_about() -> None:
    for entry in ({"type": "starter"}, {"type": "manager"}, {"type": "department_head"}):
        assert queries(entry, starter=None) == []


def test_answers_keep_the_order_and_name_everybody_once() -> None:
    first, second = PeopleQuery("role", key="a"), PeopleQuery("role", key="b")
    facts = Facts(people={first: (3, 1), second: (1, 2)})
    assert answers((first, second, PeopleQuery("role", key="c")), facts) == (3, 1, 2)


def test_every_kind_is_there() -> None:
    assert ASSIGNEES.keys() == (
        "person",
        "role",
        "department",
        "department_head",
        "manager",
        "field",
        "starter",
    )
