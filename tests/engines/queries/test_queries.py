"""Queries on a real Postgres: pages, search, groups, and nothing that a role does not show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engines.forms.moments import moment_text as written
from engines.forms.plan import Sort
from engines.problems import Problems
from engines.queries import (
    Cell,
    Group,
    Measure,
    PolicedQuery,
    Query,
    as_application,
    count,
    rows,
    to_sql,
)
from engines.queries.cursor import write_cursor
from engines.queries.filters import compile_filter
from engines.queries.query import read_sort
from engines.queries.shown import moment_text
from engines.queries.zones import fixed_offset
from engines.sql import Sql, sql, value
from tests.engines.queries.world import NOW, World, application
from tests.engines.record_database import Records

PLAN = application()
ORDER = PLAN.forms["order"]


@pytest.fixture
def world(records: Records) -> World:
    made = World(records, PLAN)
    made.add("customer", name="华东精工", level="vip", owner=1, credit=1000, phone="13800138000",
             email="wang@example.com")  # fmt: skip
    made.add("customer", name="北方重工", level="common", owner=2, parent=1, phone="02155556666")
    made.add("customer", name="南方电子", level="vip", owner=3, credit=50)
    order = {"quantity": 2, "stage": "draft"}
    made.add("order", no="A1", customer=1, owner=1, price=10, subtotal=20, **order)
    order_2 = {**order, "price": 200, "subtotal": 400, "secret": "内部"}
    made.add("order", no="A2", customer=2, owner=2, **order_2)
    made.add("order", no="A3", customer=3, owner=1, price=None, stage="won", tags=["hot", "new"])
    made.add("order", no="A4", customer=None, owner=None, price=150, stage="sent", due="2026-11-21",
             visit="2026-11-21T20:00:00Z", paid=True, unit=10)  # fmt: skip
    return made


def codes(error: pytest.ExceptionInfo[Problems]) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in error.value.problems]


def ids(found: list[dict[str, Any]]) -> list[int]:
    return [each["id"] for each in found]


def where(text: str, form: str = "order") -> Any:
    return compile_filter(text, PLAN.forms[form], PLAN.forms)


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


def test_the_row_rule_is_in_every_list(world: World) -> None:
    assert ids(world.listed(Query("order", sort=(Sort(("id",)),)), "sales")) == [1, 3]
    assert ids(world.listed(Query("order", sort=(Sort(("id",)),)), "sales", person=2)) == [2]
    assert ids(world.listed(Query("order", ids=(2,)), "sales")) == []
    assert world.records.run(count(world.policed(Query("order"), "sales"))) == [(2,)]
    assert ids(world.listed(Query("order", sort=(Sort(("id",)),)), "keeper")) == [1, 3]
    union = world.listed(Query("order", sort=(Sort(("id",)),)), "keeper", "sales", person=2)
    assert ids(union) == [1, 2, 3]


def test_without_a_grant_there_is_nothing(world: World) -> None:
    with pytest.raises(Problems) as error:
        world.policed(Query("order"), "nobody")
    assert codes(error) == [("/form", "form_hidden")]
    with pytest.raises(Problems) as error:
        world.policed(Query("customer"), "keeper")
    assert codes(error) == [("/form", "form_hidden")]


def test_an_empty_condition_is_not_met(world: World) -> None:
    """A row without owner belongs to nobody, and a person without id owns nothing."""
    assert ids(world.listed(Query("order"), "sales", person=None)) == []


def test_links_to_invisible_records_have_no_label_and_lookups_are_empty(world: World) -> None:
    found = {each["id"]: each for each in world.listed(Query("order"), "sales")}
    assert found[1]["customer"] == {"id": 1, "label": "华东精工（重点）"}
    assert found[3]["customer"] == {"id": 3, "label": None}  # owned by somebody else
    assert found[3]["level"] is None
    assert found[3]["label"] == "A3"
    keeper = {each["id"]: each for each in world.listed(Query("order"), "keeper")}
    assert keeper[1]["customer"] == {"id": 1, "label": None}  # no right to customers at all
    assert "level" not in keeper[1]


def test_filters_through_a_link_do_not_see_invisible_records(world: World) -> None:
    query = Query("order", filters=(where("customer.level = 'vip'"),))
    assert ids(world.listed(query, "sales")) == [1]
    assert ids(world.listed(Query("order", filters=(where("level = 'vip'"),)), "sales")) == [1]
    assert sorted(ids(world.listed(query, "administrator"))) == [1, 3]
    assert ids(world.listed(Query("order", filters=(where("ISEMPTY(level)"),)), "sales")) == [3]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        (Query("order", filters=(where("secret = '内部'"),)), "/filter"),
        (Query("order", sort=(Sort(("secret",)),)), "/sort"),
        (Query("order", groups=(Group(("secret",), "s"),)), "/dimensions"),
        (Query("order", measures=(Measure("count_distinct", "n", ("secret",)),)), "/measures"),
        (
            Query("order", measures=(Measure("count", "n", when=where("secret = 'x'")),)),
            "/measures",
        ),
        (Query("order", equals=(Cell(("secret",), "内部"),)), "/filter"),
    ],
)
def test_what_is_hidden_can_be_asked_in_no_way(world: World, query: Query, place: str) -> None:
    with pytest.raises(Problems) as error:
        world.policed(query, "sales")
    assert codes(error) == [(place, "field_hidden")]
    world.policed(query, "administrator")


def test_hidden_fields_of_linked_forms_are_hidden_through_links(world: World) -> None:
    for text in ("customer.credit > 1", "customer.parent.credit > 1"):
        with pytest.raises(Problems) as error:
            world.policed(Query("order", filters=(where(text),)), "auditor")
        assert codes(error) == [("/filter", "field_hidden")]
    with pytest.raises(Problems) as error:
        world.policed(Query("order", filters=(where("customer.name = 'x'"),)), "keeper")
    assert codes(error) == [("/filter", "field_hidden")]


def test_hidden_columns_are_absent(world: World) -> None:
    policed = world.policed(Query("order", columns=(("no",), ("secret",))), "sales")
    assert policed.columns == (("no",),)
    assert "secret" not in world.listed(Query("order"), "sales")[0]


def test_a_field_that_some_rows_show_is_empty_in_the_others(world: World) -> None:
    found = {each["id"]: each for each in world.listed(Query("order"), "auditor")}
    assert {key: each["price"] for key, each in found.items()} == {
        1: None, 2: "200", 3: None, 4: "150",
    }  # fmt: skip
    above = Query("order", filters=(where("price > 0"),), sort=(Sort(("id",)),))
    assert ids(world.listed(above, "auditor")) == [2, 4]
    empty = Query("order", filters=(where("ISEMPTY(price)"),), sort=(Sort(("id",)),))
    assert ids(world.listed(empty, "auditor")) == [1, 3]
    down = world.listed(Query("order", sort=(Sort(("price",), True),)), "auditor")
    assert ids(down)[:2] == [2, 4]  # 10 of order 1 sorts like nothing
    totals = Query(
        "order", measures=(Measure("sum", "s", ("price",)), Measure("min", "m", ("price",)))
    )
    assert world.records.run(to_sql(world.policed(totals, "auditor"))) == [
        (Decimal(350), Decimal(150))
    ]


def test_a_fixed_condition_of_the_definition_may_read_every_field(world: World) -> None:
    query = Query("order", fixed=(where("secret = '内部'"),))
    assert ids(world.listed(query, "sales", person=2)) == [2]


def test_masks(world: World) -> None:
    found = {each["id"]: each for each in world.listed(Query("customer"), "auditor")}
    assert found[1]["phone"] == "138****000"
    assert found[1]["email"] == "w****@example.com"
    assert found[3]["phone"] is None
    # With a role that shows it plainly the mask is gone, in its rows only.
    both = {each["id"]: each for each in world.listed(Query("customer"), "auditor", "sales")}
    assert both[1]["phone"] == "13800138000"
    assert both[3]["phone"] is None
    other = world.listed(Query("customer", sort=(Sort(("id",)),)), "auditor", "sales", person=2)
    assert [each["phone"] for each in other] == ["138****000", "02155556666", None]


def test_masked_values_cannot_be_searched_or_filtered(world: World) -> None:
    assert ids(world.listed(Query("customer", search="13800138000"), "auditor")) == []
    assert ids(world.listed(Query("customer", search="华东"), "auditor")) == [1]
    assert ids(world.listed(Query("customer", search="13800138000"), "administrator")) == [1]
    query = Query("customer", filters=(where("phone = '13800138000'", "customer"),))
    assert ids(world.listed(query, "auditor")) == []
    assert ids(world.listed(query, "administrator")) == [1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("华东", [1]), ("工", [1, 2]), ("重工 北方", [2]), ("北方 电子", []), ("EXAMPLE.com", [1]),
        ("8001", [1]), ("100%", []), ("_", []), ("\\", []), ("精 工", [1]),
    ],
)  # fmt: skip
def test_search(world: World, words: str, found: list[int]) -> None:
    query = Query("customer", search=words, sort=(Sort(("id",)),))
    assert ids(world.listed(query, "administrator")) == found


def test_deleted_records_are_in_the_bin_only(world: World) -> None:
    world.records.run('UPDATE app_shop."order" SET deleted_at = now() WHERE id = 1')
    world.records.run("UPDATE app_shop.customer SET deleted_at = now() WHERE id = 3")
    by_id = (Sort(("id",)),)
    assert ids(world.listed(Query("order", sort=by_id), "administrator")) == [2, 3, 4]
    bin_ = world.listed(Query("order", sort=by_id, deleted="only"), "administrator")
    assert ids(bin_) == [1]
    assert bin_[0]["deleted_at"] is not None
    assert ids(world.listed(Query("order", sort=by_id, deleted="all"), "administrator")) == [
        1,
        2,
        3,
        4,
    ]
    (three,) = world.listed(Query("order", ids=(3,)), "administrator")
    assert three["customer"] == {"id": 3, "label": None}


def test_rights_of_each_record(world: World) -> None:
    found = {
        each["id"]: each["rights"] for each in world.listed(Query("order", rights=True), "sales")
    }
    assert found == {
        1: {"edit": True, "delete": False},
        3: {"edit": False, "delete": False},
    }


SORTS: list[tuple[Sort, ...]] = [
    (),
    (Sort(("id",), True),),
    (Sort(("price",)),),
    (Sort(("price",), True),),
    (Sort(("stage",)), Sort(("price",), True)),
    (Sort(("owner",), True), Sort(("due",))),
    (Sort(("customer",)), Sort(("price",))),
    (Sort(("customer", "name"), True),),
    (Sort(("level",)), Sort(("paid",), True)),
    (Sort(("visit",), True), Sort(("no",))),
    (Sort(("created_at",)),),
    (Sort(("overdue",)), Sort(("unit",))),
]


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: write_cursor(sort, [])[:12])
@pytest.mark.parametrize("role", ["administrator", "sales", "auditor"])
def test_pages_join_to_the_whole_list(world: World, sort: tuple[Sort, ...], role: str) -> None:
    for number in range(30):
        world.add(
            "order",
            no=f"B{number:02}",
            price=[None, 5, 5, 120][number % 4],
            stage=[None, "won", "lost", "draft", "sent"][number % 5],
            owner=[1, 2, None, 1][number % 4],
            customer=[1, 2, 3, None][number % 4],
            due=None if number % 3 else date(2026, 1, 1 + number % 7),
            visit=None if number % 2 else NOW + timedelta(microseconds=number % 5),
            paid=[None, True, False][number % 3],
            unit=[10, 11, None][number % 3],
        )
    whole = ids(world.listed(Query("order", sort=sort, limit=None), role))
    seen: list[int] = []
    after: str | None = None
    while True:
        page, after = world.page(Query("order", sort=sort, limit=7, after=after), role)
        seen += ids(page)
        if after is None:
            break
        assert len(page) == 7
    assert seen == whole
    assert len(seen) == len(set(seen)) > 15


def test_empty_values_come_last_both_ways(world: World) -> None:
    for down in (False, True):
        found = world.listed(Query("order", sort=(Sort(("price",), down),)), "administrator")
        assert found[-1]["price"] is None


def test_choices_sort_in_the_order_of_their_options(world: World) -> None:
    found = world.listed(Query("order", sort=(Sort(("stage",)), Sort(("id",)))), "administrator")
    assert [each["stage"] for each in found] == ["draft", "draft", "sent", "won"]


@pytest.mark.parametrize(
    "cursor",
    ["", "%%%", "bm90IGpzb24", write_cursor((Sort(("price",)),), ["1", "1"]),
     write_cursor((Sort(("updated_at",), True),), ["yesterday", "1"]),
     write_cursor((Sort(("updated_at",), True),), ["2026-01-01T00:00:00+00:00", None]),
     write_cursor((Sort(("updated_at",), True),), ["2026-01-01T00:00:00+00:00", "x"]),
     write_cursor((Sort(("updated_at",), True),), ["1"])],
)  # fmt: skip
def test_cursors_of_another_sort_or_of_nonsense_are_refused(world: World, cursor: str) -> None:
    with pytest.raises(Problems) as error:
        world.policed(Query("order", after=cursor), "administrator")
    assert codes(error) == [("/after", "cursor_not_valid")]


def test_sorts_from_text() -> None:
    assert read_sort("-price, customer.name", ORDER) == (
        Sort(("price",), True),
        Sort(("customer", "name")),
    )
    for text, code in [("nope", "unknown_field"), ("price,-price", "sorted_twice"),
                       ("no,stage,price,due,paid,owner", "too_many_sort_keys")]:  # fmt: skip
        with pytest.raises(Problems) as error:
            read_sort(text, ORDER)
        assert codes(error) == [("/sort", code)]


def test_questions_that_make_no_sense(world: World) -> None:
    for query, found in [
        (Query("nothing"), ("/form", "unknown_form")),
        (Query("order", columns=(("nope",),)), ("/fields", "unknown_field")),
        (Query("order", columns=(("no", "name"),)), ("/fields", "not_a_link_field")),
        (Query("order", columns=(("deleted_at",),)), ("/fields", "unknown_field")),
        (Query("order", sort=(Sort(("tags",)),)), ("/sort", "not_sortable")),
        (Query("order", limit=0), ("/limit", "limit_out_of_range")),
        (Query("order", limit=5000), ("/limit", "limit_out_of_range")),
        (Query("order", search="x" * 200), ("/search", "search_too_long")),
    ]:
        with pytest.raises(Problems) as error:
            world.policed(query, "administrator")
        assert codes(error) == [found]
    with pytest.raises(Problems) as wrong:
        where("owner.password = 'x'")
    assert wrong.value.problems[0].path.startswith("/filter")


def test_counts_stop_at_the_cap(world: World) -> None:
    world.records.run('INSERT INTO app_shop."order" (release) SELECT 1 FROM generate_series(1, 50)')
    policed = world.policed(Query("order"), "administrator")
    assert world.records.run(count(policed, cap=20)) == [(20,)]
    assert world.records.run(count(policed, cap=None)) == [(54,)]


def test_groups_with_periods_people_and_links(world: World) -> None:
    query = Query(
        "order",
        groups=(Group(("stage",), "stage"),),
        measures=(Measure("count", "n"), Measure("sum", "total", ("price",)),
                  Measure("count", "large", when=where("price > 100"))),
    )  # fmt: skip
    assert world.records.run(to_sql(world.policed(query, "administrator"))) == [
        ("draft", 2, Decimal(210), 1), ("sent", 1, Decimal(150), 1), ("won", 1, None, 0),
    ]  # fmt: skip
    people = Query("order", groups=(Group(("owner",), "owner"),), measures=(Measure("count", "n"),),
                   sort=(Sort(("n",), True), Sort(("owner",))))  # fmt: skip
    assert world.records.run(to_sql(world.policed(people, "administrator"))) == [
        ({"id": 1, "name": "张三", "username": "zhang"}, 2),
        ({"id": 2, "name": "李四", "username": "li"}, 1),
        (None, 1),
    ]
    links = Query("order", groups=(Group(("customer",), "c"),), measures=(Measure("count", "n"),))
    assert world.records.run(to_sql(world.policed(links, "sales"))) == [
        ({"id": 1, "label": "华东精工（重点）"}, 1),
        ({"id": 3, "label": None}, 1),
    ]
    level = Query("order", groups=(Group(("level",), "l"),), measures=(Measure("count", "n"),))
    assert world.records.run(to_sql(world.policed(level, "sales"))) == [("vip", 1), (None, 1)]


def test_periods_are_those_of_the_applications_zone(world: World) -> None:
    for grain, start in [
        ("day", date(2026, 11, 22)), ("week", date(2026, 11, 16)), ("month", date(2026, 11, 1)),
        ("quarter", date(2026, 10, 1)), ("year", date(2026, 1, 1)),
    ]:  # fmt: skip
        group = Group(("visit",), "g", grain)  # type: ignore[arg-type]
        query = Query("order", groups=(group,), measures=(Measure("count", "n"),), ids=(4,))
        assert world.records.run(to_sql(world.policed(query, "administrator"))) == [(start, 1)]
        cell = Query("order", equals=(Cell(("visit",), start, grain),))  # type: ignore[arg-type]
        assert ids(world.listed(cell, "administrator")) == [4]
    due = Query("order", equals=(Cell(("due",), date(2026, 11, 1), "month"),))
    assert ids(world.listed(due, "administrator")) == [4]


def test_cells_are_the_records_behind_a_group(world: World) -> None:
    for cell, found in [
        (Cell(("stage",), "draft"), [1, 2]), (Cell(("customer",), None), [4]),
        (Cell(("customer",), 3), [3]), (Cell(("level",), "vip"), [1, 3]),
        (Cell(("price",), Decimal("10.0")), [1]), (Cell(("paid",), True), [4]),
        (Cell(("customer", "owner"), 2), [2]),
    ]:  # fmt: skip
        query = Query("order", equals=(cell,), sort=(Sort(("id",)),))
        assert ids(world.listed(query, "administrator")) == found


def test_reached_counts_who_ever_was_there(world: World) -> None:
    world.records.run(
        "INSERT INTO app_shop._stay (form, record, field, value, entered_at, first_entry) VALUES"
        " ('order', 1, 'stage', 'draft', now(), true), ('order', 1, 'stage', 'sent', now(), true),"
        " ('order', 3, 'stage', 'sent', now(), true), ('order', 3, 'stage', 'won', now(), true),"
        " ('order', 3, 'stage', 'sent', now(), false),"
        " ('customer', 2, 'stage', 'sent', now(), true)"
    )
    query = Query("order", measures=(
        Measure("reached", "sent", ("stage",), values=("sent", "won")),
        Measure("reached", "won", ("stage",), values=("won",)),
    ))  # fmt: skip
    assert world.records.run(to_sql(world.policed(query, "administrator"))) == [(2, 1)]
    assert world.records.run(to_sql(world.policed(query, "sales", person=2))) == [(0, 0)]


def test_only_the_access_stage_makes_policed_queries(world: World) -> None:
    policed = world.policed(Query("order"), "administrator")
    with pytest.raises(TypeError):
        PolicedQuery(policed.planned, policed.access, "mine", object())
    with pytest.raises(ValueError, match="reason"):
        as_application(Query("order"), PLAN.forms, world.env(), reason="")


def test_locking_takes_the_rows(world: World) -> None:
    statement = rows(world.system(Query("order", ids=(1,), lock=True, sort=(Sort(("id",)),))))
    assert "FOR UPDATE OF m" in statement.text
    assert world.records.run(statement)[0][0] == 1


def test_every_value_is_a_parameter(world: World) -> None:
    nasty = "'; DROP TABLE app_shop.order; --"
    query = Query("order", filters=(where(f'no = "{nasty}"'),), search=nasty,
                  equals=(Cell(("stage",), nasty),))  # fmt: skip
    policed = world.policed(query, "administrator")
    assert nasty not in rows(policed).text
    assert ids(world.listed(query, "administrator")) == []


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
