"""A form with a field of every type that is filled in."""

from __future__ import annotations

import pytest

from tests.acceptance.conftest import App, Designing
from tests.acceptance.definitions import form

ITEM = form(
    "item",
    {
        "code": {"type": "text", "label": "Code", "unique": True},
        "name": {"type": "text", "label": "Name", "max_length": 40},
        "number": {"type": "number", "label": "Number", "scale": 2},
        "price": {"type": "money", "label": "Price"},
        "day": {"type": "date", "label": "Day"},
        "at": {"type": "moment", "label": "At"},
        "done": {"type": "check", "label": "Done"},
        "kind": {
            "type": "choice",
            "label": "Kind",
            "options": [{"value": "a", "label": "Alpha"}, {"value": "b", "label": "Beta"}],
        },
        "several": {
            "type": "choices",
            "label": "Several",
            "options": [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}],
        },
        "who": {"type": "person", "label": "Who"},
        "place": {"type": "department", "label": "Place"},
        "phone": {"type": "phone", "label": "Phone"},
        "mail": {"type": "email", "label": "Mail"},
        "more": {"type": "long_text", "label": "More"},
        "parent": {"type": "link", "label": "Parent", "form": "item"},
        "no": {"type": "serial", "label": "No", "pattern": [{"counter": 5}]},
        "double": {
            "type": "formula",
            "label": "Double",
            "returns": "number",
            "formula": "number * 2",
        },
    },
    title="{{name}}",
)


@pytest.fixture(scope="module")
def shop(designed: Designing) -> App:
    return designed(ITEM)


@pytest.fixture(scope="module")
def items(shop: App) -> str:
    return shop.records("item")
