"""Pages, sorts, search and counts on a real Postgres."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from engines.forms.plan import Sort
from engines.problems import Problems
from engines.queries import (
    Cell,
    Query,
    count,
    rows,
)
from engines.queries.cursor import write_cursor
from engines.queries.query import read_sort
from tests.engines.queries.asking import ORDER, codes, ids, where
from tests.engines.queries.world import NOW, World


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
