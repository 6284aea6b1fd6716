"""What the OpenAPI documents promise, held against what the installation answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import referencing
from referencing.jsonschema import DRAFT202012

from tests.acceptance.client import finished
from tests.acceptance.conftest import App, unique

DOCUMENT = "urn:document"
QUERIES = {
    "field": "stage",
    "kind": "form",
    "key": "opportunity",
    "cell": '["discovery"]',
    "person": "1",
    "form": "opportunity",
    "box": "open",
}


@pytest.fixture(scope="module")
def places(crm: App) -> dict[str, str]:
    """A value for every place of an address."""
    customer = crm.create("customer", name=unique("customer"))
    deal = crm.create("opportunity", name="deal", customer=customer["id"], amount="5")
    at = f"{crm.records('opportunity')}/{deal['id']}"
    crm.admin.post(f"{at}/comments", {"text": "seen"})
    crm.admin.patch(at, {"version": 1, "amount": "6"})
    view = crm.admin.post(f"{crm.at}/forms/opportunity/views", {"label": "v", "sort": ["-amount"]})
    name = unique("imported")
    sent = crm.admin.upload(
        f"{crm.records('customer')}/import", {}, file=f"name\n{name}\n".encode()
    )
    return {
        "app": crm.key,
        "form": "opportunity",
        "other": "activity",
        "record": str(deal["id"]),
        "record of customer": str(customer["id"]),
        "id": str(deal["id"]),
        "kind": "form",
        "key": "opportunity",
        "number": "1",
        "report": "pipeline",
        "dashboard": "sales",
        "role": "sales",
        "rule": "assign_by_region",
        "flow": "quote_approval",
        "view": str(view["id"]),
        "file": crm.admin.upload(f"{crm.at}/files", {}, file=b"x").json["id"],
        "work_id": finished(crm.admin, sent)["id"],
        "person_id": "1",
        "department_id": str(crm.admin.get("/api/departments")["departments"][0]["id"]),
    }


def promised(document: Any) -> Iterator[tuple[str, Any]]:
    for path, operations in document["paths"].items():
        if "get" in operations:
            yield path, operations["get"]


def wrong(document: Any, schema: Any, answer: Any) -> list[str]:
    known = referencing.Registry().with_resource(
        DOCUMENT, referencing.Resource(contents=document, specification=DRAFT202012)
    )
    schema = json.loads(json.dumps(schema).replace('"#/', f'"{DOCUMENT}#/'))
    validator = jsonschema.Draft202012Validator(schema, registry=known)
    return [f"{each.json_path}: {each.message:.200}" for each in validator.iter_errors(answer)]


@pytest.mark.parametrize("document", ["/api/openapi.json", "/api/apps/{app}/openapi.json"])
def test_answers_are_what_the_document_says(
    crm: App, places: dict[str, str], document: str
) -> None:
    found = crm.admin.get(document.format(app=crm.key))
    told: dict[str, Any] = {}
    looked_at: set[str] = set()
    for path, operation in promised(found):
        if set(re.findall(r"\{(\w+)\}", path)) - set(places):
            continue
        query = {
            each["name"]: QUERIES.get(each["name"], "x")
            for each in operation["parameters"]
            if each["in"] == "query" and each.get("required")
        }
        form = re.search(r"/records/(\w+)/", path)
        record = places.get(f"record of {form[1]}" if form else "record", places["record"])
        answer = crm.admin.call("GET", path.format(**{**places, "record": record}), query=query)
        if str(answer.status) not in operation["responses"]:
            told[path] = f"{answer.status} is not documented: {answer.text:.200}"
            continue
        if answer.status != 200 or "json" not in answer.headers["content-type"]:
            continue
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        looked_at.add(path)
        if problems := wrong(found, schema, answer.json):
            told[path] = problems
    assert told == {}
    form = "{form}" if "{form}" in str(list(found["paths"])) else "opportunity"
    at = next(path for path in looked_at if path.endswith(f"/records/{form}"))
    assert {f"{at}/{{record}}", f"{at}/{{record}}/history", f"{at}/{{record}}/comments"} < looked_at
