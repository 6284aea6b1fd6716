"""What a query answers: records as JSON and as typed rows."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engines.forms.moments import moment_text as written
from engines.forms.plan import Sort
from engines.problems import Problems
from engines.queries import (
    Query,
    rows,
)
from engines.queries.shown import moment_text
from engines.queries.zones import fixed_offset
from engines.sql import Sql, sql, value
from tests.engines.queries.asking import codes
from tests.engines.queries.world import World, application
from tests.engines.record_database import Records


def test_a_record_in_json(world: World) -> None:
    world.records.run(
        "UPDATE app_shop.\"order\" SET created_at = '2026-11-20 16:00:00.5+00', created_by = 1,"
        " updated_at = '2026-11-20 16:00:00+00', with_tax = 1.50 WHERE id = 4"
    )
    (found,) = world.listed(Query("order", ids=(4,), rights=True), "administrator")
    assert found == {
        "id": 4, "version": 1, "release": 1, "created_at": "2026-11-21T00:00:00.5+08:00",
        "created_by": {"id": 1, "name": "张三", "username": "zhang"},
        "updated_at": "2026-11-21T00:00:00+08:00", "updated_by": None, "flow_state": None,
        "label": "A4", "rights": {"edit": True, "delete": True}, "no": "A4", "customer": None,
        "level": None, "credit": None, "stage": "sent", "quantity": None, "price": "150",
        "subtotal": None, "with_tax": "1.5", "left": None, "overdue": True, "due": "2026-11-21",
        "visit": "2026-11-22T04:00:00+08:00", "tags": None, "paid": True, "reason": None,
        "owner": None, "unit": {"id": 10, "name": "销售部", "key": "sales"}, "secret": None,
    }  # fmt: skip


def test_links_carry_titles_and_live_fields_their_values(world: World) -> None:
    (found,) = world.listed(Query("order", ids=(1,)), "administrator")
    assert found["customer"] == {"id": 1, "label": "华东精工（重点）"}
    assert found["label"] == "A1 华东精工（重点）"
    assert found["level"] == "vip"
    assert found["left"] is None  # credit - subtotal: the formula of the customer is not stored yet
    world.records.run("UPDATE app_shop.customer SET double_credit = 2000.005 WHERE id = 1")
    (found,) = world.listed(Query("order", ids=(1,)), "administrator")
    assert (found["credit"], found["left"]) == ("2000.005", "1980.01")
    (english,) = world.listed(Query("customer", ids=(1,), language="en"), "administrator")
    assert english["label"] == "华东精工（Key）"


def test_live_formulas_tell_nothing_that_is_hidden(world: World) -> None:
    """`left` reads the customer's credit: hidden from the auditor, so he sees neither."""
    (found,) = world.listed(Query("order", ids=(1,)), "auditor")
    assert "credit" not in found
    assert "left" not in found
    for question in (
        Query("order", columns=(("customer", "double_credit"),)),
        Query("order", columns=(("left",),)),
    ):
        assert world.policed(question, "auditor").columns == ()
    with pytest.raises(Problems) as error:
        world.policed(Query("order", sort=(Sort(("left",)),)), "auditor")
    assert codes(error) == [("/sort", "field_hidden")]


def test_typed_rows_for_the_runtime(world: World) -> None:
    query = Query("order", columns=(("no",), ("price",), ("customer",), ("customer", "name"),
                  ("visit",)), sort=(Sort(("id",)),))  # fmt: skip
    found = world.records.run(rows(world.system(query)))
    assert found[0] == (1, "A1", Decimal(10), 1, "华东精工", None)
    assert found[3][5] == datetime(2026, 11, 21, 20, tzinfo=UTC)


def test_a_percent_sign_in_a_title_or_label_is_harmless(records: Records) -> None:
    form = {
        "key": "x",
        "title": "100% {{f}} {{c}}",
        "fields": {
            "f": {"type": "text"},
            "c": {"type": "choice", "options": [{"value": "a", "label": "50%s"}]},
        },
    }
    world = World(records, application({"x": form}))
    world.add("x", f="%d", c="a")
    found = world.list_all("x")
    assert found[0]["label"] == "100% %d 50%s"


@pytest.mark.parametrize(
    ("zone", "fixed"),
    [("Asia/Shanghai", "+08:00"), ("Asia/Kolkata", "+05:30"), ("UTC", "+00:00"),
     ("America/Phoenix", "-07:00"), ("Europe/Berlin", None), ("America/St_Johns", None),
     ("Africa/Casablanca", None), ("Pacific/Apia", None)],
)  # fmt: skip
def test_moments_are_written_as_python_writes_them(
    records: Records, zone: str, fixed: str | None
) -> None:
    assert fixed_offset(zone) == fixed
    moments = [
        datetime(1987, 7, 1, 12, tzinfo=UTC), datetime(1994, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(1995, 1, 1, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, 0, 120000, tzinfo=UTC),
        datetime(2026, 7, 1, 20, 15, 7, 1, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC),
        datetime(9998, 1, 1, tzinfo=UTC),
    ]  # fmt: skip
    made = moment_text(Sql("given"), zone)
    found = records.run(
        sql("SELECT {} FROM unnest({}::timestamptz[]) AS given", made, value(moments))
    )
    place = ZoneInfo(zone)
    assert [text for (text,) in found] == [written(each, place) for each in moments]
