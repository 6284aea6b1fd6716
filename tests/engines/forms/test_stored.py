"""A stored formula gives the same value in SQL, for the records there are, as in Python, for those
that come."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from engines.forms.stored import stored_value
from engines.forms.submit import complete, read_body
from engines.sql import sql
from tests.engines.forms.forms import env, plans
from tests.engines.record_database import Records


@pytest.mark.parametrize(
    ("returns", "expected"),
    [
        ({"returns": "number"}, "0.333333333333"),
        ({"returns": "number", "scale": 1}, "0.3"),
        ({"returns": "money"}, "0.33"),
        ({"returns": "money", "scale": 4}, "0.3333"),
    ],
)
def test_numbers_are_rounded_alike(records: Records, returns: Any, expected: str) -> None:
    third = {"type": "formula", "label": "三分之一", "formula": "part / 3", **returns}
    fields = {"part": {"type": "number", "label": "份数"}, "third": third}
    plan = plans({"share": {"key": "share", "label": "份", "fields": fields}})["share"]
    done = complete(plan, read_body(plan, {"part": "1"}), None, env())
    assert done.values["third"] == Decimal(expected)
    written = stored_value(plan.by_key["third"], plan)
    assert records.run(sql("SELECT {} FROM (SELECT 1 AS part) AS share", written)) == [
        (Decimal(expected),)
    ]
