"""The catalogue says what the registries say."""

import json

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from engines.actions import ACTIONS
from engines.flows.nodes import NODES
from engines.forms.field_type import field_types
from tests.apps_runtime.people import make as persons

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> dict[str, list[dict[str, object]]]:
    client = persons.signed_in(persons.administrator())
    answer = client.get("/api/builder/catalogue")
    assert answer.status_code == 200, answer.content
    result: dict[str, list[dict[str, object]]] = answer.json()
    return result


def test_every_registry_is_there(found: dict[str, list[dict[str, object]]]) -> None:
    assert [each["key"] for each in found["field_types"]] == list(field_types.keys())
    assert [each["key"] for each in found["nodes"]] == list(NODES.keys())
    assert [each["key"] for each in found["actions"]] == list(ACTIONS.keys())
    for name in ("triggers", "assignees", "measures", "charts", "functions", "definition_kinds"):
        assert len(found[name]) >= 5, name
    assert "month" in [each["key"] for each in found["grains"]]
    assert "blue" in found["colors"]
    assert len(found["icons"]) > 20


def test_every_kind_has_a_label_in_both_languages(
    found: dict[str, list[dict[str, object]]],
) -> None:
    for name in ("field_types", "nodes", "actions", "triggers", "assignees", "measures", "charts"):
        for each in found[name]:
            label = each["label"]
            assert isinstance(label, dict)
            assert label["zh-Hans"], each
            assert label["en"], each


def test_every_schema_is_a_closed_schema(found: dict[str, list[dict[str, object]]]) -> None:
    for name in ("field_types", "nodes", "actions", "triggers", "assignees", "measures", "charts"):
        for each in found[name]:
            schema = each["options_schema"]
            assert isinstance(schema, dict)
            Draft202012Validator.check_schema(schema)
            assert schema["additionalProperties"] is False
    assert len(json.dumps(found)) < 600_000


def test_it_is_for_designers(client: Client) -> None:
    assert client.get("/api/builder/catalogue").status_code == 401
    user = persons.signed_in(persons.person("user"))
    assert user.get("/api/builder/catalogue").status_code == 403
