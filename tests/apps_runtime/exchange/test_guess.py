"""Guesses of columns and groups of problems, on the headers of the sample data."""

from __future__ import annotations

from apps_runtime.exchange.grouped import GroupedProblems, close_to
from apps_runtime.exchange.guess import Target, guesses


def test_names_are_matched_in_any_language_and_spelling() -> None:
    found = guesses(
        ["Opportunity ID", "sales_agent", "金额(元)", "noise"],
        {},
        [
            Target("opportunity_id", ("编号",)),
            Target("owner", ("Sales agent",)),
            Target("amount", ("金额",)),
        ],
    )
    assert found == {
        "Opportunity ID": "opportunity_id",
        "sales_agent": "owner",
        "金额(元)": "amount",
    }


def test_values_tell_a_column_whose_name_says_nothing() -> None:
    found = guesses(
        ["deal_stage", "account"],
        {"deal_stage": ["Won", "Lost", "Won", "?"], "account": ["Isdom", "Cancity"]},
        [
            Target("kehu", ("客户",), frozenset({"Isdom", "Cancity", "Konex"})),
            Target("jieduan", ("阶段",), frozenset({"won", "lost"})),
        ],
    )
    assert found == {"deal_stage": "jieduan", "account": "kehu"}


def test_a_field_is_given_away_once() -> None:
    found = guesses(["name", "Name 2"], {}, [Target("name", ("Name",))])
    assert found == {"name": "name"}


def test_equal_problems_are_one_group_with_a_count_and_a_repair() -> None:
    problems = GroupedProblems()
    for line in range(2, 22):
        problems.add(
            line,
            "value_not_found",
            field="product",
            header="product",
            value="GTXPro",
            known=["GTX Basic", "GTX Pro", "MG Special"],
        )
    resumed = GroupedProblems(problems.as_json())
    resumed.add(22, "value_not_found", field="product", header="product", value="GTXPro")
    (group,) = resumed.as_json()
    assert group["count"] == 21
    assert group["rows"] == [2, 3, 4, 5, 6]
    assert group["candidates"] == ["GTX Pro"]


def test_a_spelling_slip_finds_the_right_option() -> None:
    assert close_to("technolgy", ["medical", "technology", "retail"])[0] == "technology"
    assert close_to("xyz", ["medical", "technology"]) == []


def test_every_row_is_counted_even_beyond_the_list_of_causes() -> None:
    problems = GroupedProblems()
    for line in range(3_000):
        params = {"value": f"v{line}", "form": "product"}
        problems.add(line, "value_not_found", field="product", value=f"v{line}", params=params)
    rest = problems.as_json()[0]
    assert (rest["value"], rest["count"], rest["params"]) == (None, 2_000, {"form": "product"})
    assert sum(group["count"] for group in problems.as_json()) == 3_000
    assert len(problems.as_json()) <= 1_001
