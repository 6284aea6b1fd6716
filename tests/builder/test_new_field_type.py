"""A field type that is one Python class works everywhere: catalogue, publishing, records, lists."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.test import Client

from engines.forms.field_type import (
    Column,
    FieldType,
    FieldValue,
    InvalidValue,
    Options,
    field_types,
)
from engines.forms.options import closed, option
from engines.formulas.types import NUMBER, Type
from engines.texts import Text
from engines.values import JsonValue, decimal_from
from tests.apps_runtime.people import make as persons
from tests.builder import make

pytestmark = pytest.mark.django_db(transaction=True)


class Stars(FieldType):
    """A rating of at most so many stars."""

    key = "stars"
    label: ClassVar[Text] = {"zh-Hans": "星级", "en": "Stars"}
    group = "number"
    icon = "number"
    widget = "number"
    options_schema = closed(
        {"most": option({"type": "integer", "minimum": 1}, "最多", "At most", order=10)}
    )

    def value_type(self, options: Options) -> Type:
        return NUMBER

    def column(self, options: Options) -> Column:
        return Column("numeric")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        if value is None:
            return None
        number = decimal_from(value)
        if number is None or not 0 <= number <= int(options.get("most", 5)):
            raise InvalidValue("not_a_number")
        return number

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return str(value) if isinstance(value, Decimal) else None

    def from_text(self, text: str, options: Options) -> JsonValue:
        return str(text.count("★")) if text else None

    def to_text(self, value: Any, options: Options, language: str) -> str:
        return "★" * int(value or 0)


@pytest.fixture
def root() -> Iterator[Client]:
    client = persons.signed_in(persons.administrator())
    client.get("/api/builder/catalogue")  # the type comes when everything else is in use already
    field_types.register(Stars)
    try:
        yield client
    finally:
        field_types.unregister("stars")


def test_it_works_everywhere(root: Client) -> None:
    kinds = root.get("/api/builder/catalogue").json()["field_types"]
    mine = next(each for each in kinds if each["key"] == "stars")
    assert mine["label"] == {"zh-Hans": "星级", "en": "Stars"}
    assert "most" in mine["options_schema"]["properties"]

    app = make.application(root, key="rated")
    fields = {
        "name": {"type": "text", "label": "Name"},
        "stars": {"type": "stars", "label": "Stars", "most": 3, "required": True},
        "twice": {"type": "formula", "label": "2", "returns": "number", "formula": "stars * 2"},
    }
    refused = make.put(root, app, make.form(fields={"a": {"type": "stars", "label": "A", "x": 1}}))
    assert refused.status_code == 422
    asked = {"fields": ["name", "stars"]}
    make.saved(root, app, make.form(fields=fields, public=asked))
    assert make.publish(root, app).status_code == 200

    records = f"/api/apps/{app}/records/deal"
    made = root.post(records, {"name": "a", "stars": "2"}, content_type=make.JSON)
    assert made.status_code == 201
    assert (made.json()["stars"], made.json()["twice"]) == ("2", "4")
    for wrong in ("4", "x", None):
        answer = root.post(records, {"stars": wrong}, content_type=make.JSON)
        assert answer.status_code == 422
        assert answer.json()["problems"][0]["path"] == "/stars"
    listed = root.get(records, {"filter": "stars > 1", "sort": "-stars"}).json()["records"]
    assert [each["stars"] for each in listed] == ["2"]
    exported = root.get(f"{records}/export", {"format": "csv"}).content.decode("utf-8-sig")
    assert "★★" in exported
    form = root.get(f"/api/apps/{app}/forms/deal").json()
    page = Client().get(form["public_url"]).content.decode()
    assert 'name="stars"' in page
    assert next(each for each in form["fields"] if each["key"] == "stars")["widget"] == "number"
