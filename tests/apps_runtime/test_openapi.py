"""The OpenAPI documents: valid, complete, and what the API really answers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from apps_runtime.openapi.addresses import addresses
from apps_runtime.openapi.document import VERSION, document, operations
from tests.apps_runtime.conftest import Api, Staff

ROOT = "/api/apps/crm/records/opportunity"
# Plain Django views: their addresses are not found by class.
PAGES = {("GET", "/f/{token}"), ("POST", "/f/{token}")}


def parts(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every node of a JSON value with its path."""
    yield path, value
    if isinstance(value, dict):
        for key, each in value.items():
            yield from parts(each, f"{path}/{key}")
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from parts(each, f"{path}/{index}")


def plain(value: Any) -> Any:
    """As a client receives it."""
    return json.loads(json.dumps(value))


def resolved(found: Any, reference: str) -> Any:
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    return found


def validate(found: Any, schema: Any, value: Any) -> list[str]:
    """What is wrong with ``value`` under a schema of the document."""
    registry: Any = Registry().with_resource("urn:openapi", DRAFT202012.create_resource(found))
    absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:openapi#/'))
    validator = Draft202012Validator(absolute, registry=registry)
    return [f"{each.json_path}: {each.message}" for each in validator.iter_errors(value)]


def check(found: Any) -> None:
    """The rules of OpenAPI 3.1 that a mistake of ours would break."""
    assert re.fullmatch(r"3\.1\.\d+", found["openapi"])
    assert {"title", "version"} <= set(found["info"])
    identities = []
    for path, methods in found["paths"].items():
        assert path.startswith("/")
        names = re.findall(r"{(\w+)}", path)
        for method, operation in methods.items():
            where = f"{method} {path}"
            assert method in {"get", "post", "put", "patch", "delete"}, where
            identities.append(operation["operationId"])
            keys = [(each["name"], each["in"]) for each in operation["parameters"]]
            assert len(keys) == len(set(keys)), where
            assert {name for name, place in keys if place == "path"} == set(names), where
            assert all(
                each["required"] for each in operation["parameters"] if each["in"] == "path"
            ), where
            assert any(status.startswith("2") for status in operation["responses"]), where
            for answer in operation["responses"].values():
                assert "$ref" in answer or answer["description"], where
            assert method != "get" or "requestBody" not in operation, where
    assert len(identities) == len(set(identities))
    for path, node in parts(found):
        if isinstance(node, dict) and isinstance(node.get("$ref"), str):
            assert resolved(found, node["$ref"]) is not None, path
        if path.endswith("/schema") or re.fullmatch(r"/components/schemas/[^/]+", path):
            Draft202012Validator.check_schema(node)


def test_the_fixed_document_is_valid() -> None:
    check(plain(document()))


def test_every_address_is_described_and_no_other() -> None:
    there = {(method, each.path) for each in addresses() for method in each.methods}
    assert set(operations()) == there | PAGES


def test_what_is_public_is_said_so() -> None:
    said = operations()
    for each in addresses():
        for method in each.methods:
            if not each.public:
                assert not said[(method, each.path)].public, (method, each.path)


def test_the_version_is_the_package_s() -> None:
    project = tomllib.loads((Path(settings.BASE) / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION


@pytest.mark.django_db
def test_strangers_are_told_nothing(sales: Staff, as_person: Callable[..., Api]) -> None:
    stranger = as_person(None)
    for path in ("/api/openapi.json", "/api/apps/crm/openapi.json"):
        assert stranger.get(path).status_code == 401


@pytest.mark.django_db
def test_the_application_s_document_is_valid_and_describes_the_answers(
    sales: Staff, as_person: Callable[..., Api]
) -> None:
    ann = as_person(sales.ann)
    assert ann.get("/api/openapi.json").json() == plain(document())
    answer = ann.get("/api/apps/crm/openapi.json")
    assert answer.status_code == 200, answer.content
    found = answer.json()
    check(found)

    customer = ann.post("/api/apps/crm/records/customer", {"name": "长江实业"}).json()["id"]
    body = {"name": "大单", "customer": customer, "amount": "1200.5", "stage": "discovery"}
    creating = found["paths"][ROOT]["post"]
    assert (
        validate(found, creating["requestBody"]["content"]["application/json"]["schema"], body)
        == []
    )
    made = ann.post(ROOT, body)
    shown = creating["responses"]["201"]["content"]["application/json"]["schema"]
    assert validate(found, shown, made.json()) == []
    assert validate(found, shown, {**made.json(), "amount": 1200.5}) != []
    assert validate(found, shown, {**made.json(), "stage": "nowhere"}) != []

    listing = found["paths"][ROOT]["get"]["responses"]["200"]["content"]["application/json"]
    assert validate(found, listing["schema"], ann.get(ROOT).json()) == []
    refused = ann.post(ROOT, {"name": ""})
    assert refused.status_code == 422
    assert validate(found, {"$ref": "#/components/schemas/Problems"}, refused.json()) == []


@pytest.mark.django_db
def test_fields_that_a_person_does_not_see_are_absent(
    sales: Staff, as_person: Callable[..., Api]
) -> None:
    for person in (sales.ann, sales.auditor):
        api = as_person(person)
        described = api.get("/api/apps/crm/openapi.json").json()["components"]["schemas"]
        form = api.get("/api/apps/crm/forms/opportunity").json()
        shown = described["form.Opportunity"]["allOf"][1]["properties"]
        written = described["form.Opportunity.values"]["properties"]
        assert set(shown) == {each["key"] for each in form["fields"]}
        assert set(written) == {each["key"] for each in form["fields"] if each["right"] == "edit"}


ADDRESSES: tuple[tuple[str, str], ...] = (
    ("/api/session", "/api/session"),
    ("/api/people", "/api/people"),
    ("/api/departments", "/api/departments"),
    ("/api/tokens", "/api/tokens"),
    ("/api/apps", "/api/apps"),
    ("/api/apps/{app}", "/api/apps/crm"),
    ("/api/apps/{app}/forms/{form}", "/api/apps/crm/forms/opportunity"),
    ("/api/apps/{app}/forms/{form}/views", "/api/apps/crm/forms/opportunity/views"),
    ("/api/assignments", "/api/assignments"),
    ("/api/notifications", "/api/notifications"),
    ("/api/apps/{app}/records/{form}/values", f"{ROOT}/values?field=stage"),
)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "address"), ADDRESSES)
def test_answers_are_what_the_fixed_document_says(
    sales: Staff, as_person: Callable[..., Api], path: str, address: str
) -> None:
    found = plain(document())
    answer = as_person(sales.ann).get(address)
    assert answer.status_code == 200, answer.content
    said = found["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    assert validate(found, said["schema"], answer.json()) == []
