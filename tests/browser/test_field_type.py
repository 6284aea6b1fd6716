"""A field type that exists only in Python: the designer draws it, a record keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engines.forms.field_type import Column, FieldType, FieldValue, Options, field_types
from engines.forms.options import DECIMAL, closed, option
from engines.formulas.types import TEXT, Type
from engines.texts import Text
from engines.values import JsonValue
from tests.apps_runtime.people import make as people
from tests.browser.conftest import NewPage
from tests.browser.person import Person
from tests.builder import make

PATIENCE = 20_000  # milliseconds


class PlateField(FieldType):
    """The number plate of a vehicle; no part of the product knows it."""

    key = "plate"
    label: ClassVar[Text] = {"zh-Hans": "车牌号", "en": "Number plate"}
    group = "text"
    icon = "text"
    widget = "plate"
    order = 15
    options_schema: ClassVar[dict[str, Any]] = closed(
        {
            "city": option({"type": "string", "maxLength": 20}, "默认城市", "City", order=10),
            "electric": option({"type": "boolean"}, "新能源", "Electric", order=11),
            "color": option(
                {
                    "type": "string",
                    "enum": ["blue", "green"],
                    "x-labels": {
                        "blue": {"zh-Hans": "蓝牌", "en": "Blue"},
                        "green": {"zh-Hans": "绿牌", "en": "Green"},
                    },
                },
                "颜色",
                "Color",
                order=12,
            ),
            "weight": option(DECIMAL, "最大吨位", "Heaviest", order=13),
        }
    )

    def value_type(self, options: Options) -> Type:
        return TEXT

    def column(self, options: Options) -> Column:
        return Column("text")

    def parse(self, value: JsonValue, options: Options) -> FieldValue:
        return str(value).strip().upper() or None if value is not None else None

    def present(self, value: FieldValue, options: Options) -> JsonValue:
        return value if isinstance(value, str) else None


@pytest.fixture
def plate() -> Iterator[None]:
    """The product knows number plates while the test runs."""
    field_types.register(PlateField)
    yield
    field_types.unregister(PlateField.key)


@pytest.mark.usefixtures("plate")
@pytest.mark.django_db(transaction=True)
def test_a_new_field_type_is_one_python_file(live_server: LiveServer, new_page: NewPage) -> None:
    root = people.signed_in(people.administrator())
    app = make.application(root, label="车队")
    fields = {"name": {"type": "text", "label": "名称", "required": True}}
    make.saved(root, app, make.form("vehicle", fields=fields, title="{{name}}"))
    page = new_page(base_url=live_server.url)
    person = Person(page, live_server.url)
    page.set_default_timeout(PATIENCE)

    person.opens(f"/login?next=/design/{app}/forms/vehicle")
    person.fills(page.locator("#username"), "root")
    person.fills(page.locator("#password"), people.PASSWORD)
    person.hits("Enter")

    item = page.locator("[data-type=plate]")
    expect(item).to_have_text("车牌号", timeout=PATIENCE)
    person.drags(item, page.get_by_role("button", name="添加字段").last)
    expect(page.locator("input:focus")).to_be_visible()
    person.types("车牌")
    person.hits("Enter")
    panel = page.get_by_role("complementary", name="属性")
    person.fills(panel.get_by_label("默认城市"), "上海")
    person.clicks(panel.get_by_role("switch", name="新能源"))
    person.picks(panel.get_by_label("颜色"), "绿牌")
    person.fills(panel.get_by_label("最大吨位"), "4.5")
    person.hits("Tab")
    expect(page.get_by_text("草稿已保存")).to_be_visible(timeout=PATIENCE)

    page.reload()
    person.clicks(page.get_by_role("button", name=re.compile("^车牌（")))
    expect(panel.get_by_label("默认城市")).to_have_value("上海")
    expect(panel.get_by_role("switch", name="新能源")).to_be_checked()
    expect(panel.locator(".ant-select").filter(has_text="绿牌")).to_be_visible()
    expect(panel.get_by_label("最大吨位")).to_have_value("4.5")
    assert saved_options(page, app) == {
        "city": "上海",
        "electric": True,
        "color": "green",
        "weight": "4.5",
    }

    person.presses_button("发布")
    person.presses_button("发布", within=page.get_by_role("dialog"))
    person.sees("发布 1 已生效")
    person.opens(f"/apps/{app}/vehicle")
    person.presses_button(re.compile("^新建"), within=page.locator(".list-body"))
    form = page.locator(".record-form")
    person.fills(form.get_by_label("名称"), "一号车")
    person.fills(form.get_by_label("车牌"), "沪ad12345")
    person.hits("ControlOrMeta+Enter")
    expect(page.get_by_role("gridcell", name="沪AD12345")).to_be_visible(timeout=PATIENCE)


def saved_options(page: Page, app: str) -> dict[str, Any]:
    """The new field's own options as the draft has them."""
    path = f"/api/builder/applications/{app}/definitions/form/vehicle"
    body = page.context.request.get(path).json()
    (found,) = (field for field in body["fields"].values() if field["type"] == "plate")
    return {name: found.get(name) for name in PlateField.options_schema["properties"]}
