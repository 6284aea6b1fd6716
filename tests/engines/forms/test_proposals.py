"""What columns of a table are taken for: samples as people really keep them in spreadsheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from engines.application import compile_application
from engines.forms.field_type import field_types
from engines.forms.proposals.column import Column
from engines.forms.proposals.form import Chosen, form_body
from engines.forms.proposals.proposal import Proposal, looks_like_data, proposal
from engines.problems import has_errors

PEOPLE = frozenset({"王芳", "李强", "zhang.wei", "anna.snelling@example.com"})


def proposed(header: str, *cells: str, complete: bool = True) -> Proposal:
    found = Counter(cell.strip() for cell in cells if cell.strip())
    return proposal(Column(header, found, complete, PEOPLE))


def options(found: Proposal) -> Mapping[str, Any]:
    return next(each.options for each in found.fits if each.type == found.type)


CASES: list[tuple[str, tuple[str, ...], str, dict[str, object]]] = [
    # Chinese offices
    ("客户名称", ("华东精工", "北方重机", "南海电子"), "text", {}),
    ("销售额", ("¥ 1,234.50", "￥800", "¥12.00"), "money", {}),
    ("单价（元）", ("12.5", "8", "1,200"), "money", {}),
    ("报价", ("12.5元", "800元"), "money", {}),
    ("金额(万元)", ("12.5", "8.25"), "number", {"scale": 2, "unit": "万元"}),
    ("合同金额", ("12000", "-", "8000.5"), "money", {}),
    ("评价", ("5", "4", "3"), "number", {"scale": 0}),
    ("单价(含税)", ("12.5", "9"), "money", {}),
    ("赢率", ("30%", "55.5%", "100％"), "number", {"scale": 1, "unit": "%"}),
    ("占比（%）", ("30", "55"), "number", {"scale": 0, "unit": "%"}),
    ("数量（件）", ("3", "12", "1,000"), "number", {"scale": 0, "unit": "件"}),
    ("重量(kg)", ("3.25", "12"), "number", {"scale": 2, "unit": "kg"}),
    ("年份", ("2023", "2024", "2025"), "number", {"scale": 0, "thousands": False}),
    ("工号", ("00123", "00124", "01200"), "text", {}),
    ("门店", ("007", "012", "120"), "text", {}),
    ("订单号", ("202611220001", "202611220002"), "text", {}),
    ("身份证号", ("110101199003074514", "31010119850612201X"), "text", {}),
    ("卡", ("6222021234567890123", "6222021234567890456"), "text", {}),
    ("邮编", ("100080", "200120"), "text", {}),
    ("联系电话", ("13800138000", "010-62345678", "021 5888 1234"), "phone", {}),
    ("联系人", ("138 0013 8000", "+86 139-1234-5678"), "phone", {}),
    ("签约日期", ("2024/1/5", "2024年1月15日", "2024.12.31", "2025-02-03"), "date", {}),
    ("到货日期", ("20240105", "20241231"), "date", {}),
    ("下单时间", ("2024/1/5 9:30", "2024-01-05 18:05:10"), "moment", {}),
    ("是否启用", ("是", "否", "否"), "check", {}),
    ("已付", ("√", "√", ""), "check", {}),
    ("负责人", ("王芳", "李强", "王芳"), "person", {}),
    ("备注", ("老客户\n请提前电话联系", "无"), "long_text", {}),
    ("空列", ("", ""), "text", {}),
    # English offices
    ("Account", ("Acme Corp", "Betasoloin", "Cancity"), "text", {}),
    ("Price", ("$1,234.50", "$12"), "money", {"currency": "USD"}),
    ("Revenue (EUR)", ("1200", "85.5"), "money", {"currency": "EUR"}),
    ("close_value", ("1054", "4514"), "money", {}),
    ("Mixed", ("$5", "€6"), "text", {}),
    ("Discount", ("5%", "12.5%"), "number", {"scale": 1, "unit": "%"}),
    ("Growth", ("5%", "0.12"), "text", {}),
    ("Balance", ("(1,200.50)", "300"), "money", {}),
    ("Qty", ("1", "20", "1e5x"), "text", {}),
    ("Order ID", ("10001", "10002"), "text", {}),
    ("Phone", ("(555) 123-4567", "555-987-6543"), "phone", {}),
    ("Mail", ("a@example.com", "b.c@example.co.uk"), "email", {}),
    ("Owner", ("zhang.wei", "anna.snelling@example.com"), "person", {}),
    ("Active", ("yes", "No", "YES"), "check", {}),
    ("Active", ("1", "0", "1"), "check", {}),
    ("Rating", ("1", "0", "1"), "number", {"scale": 0}),
    ("Close date", ("2017-03-01", "2017-03-11"), "date", {}),
    ("Ratio", ("0.333333333333", "0.5"), "number", {}),
]  # fmt: skip


@pytest.mark.parametrize(("header", "cells", "kind", "expected"), CASES)
def test_a_column_is_taken_for_what_it_is(
    header: str, cells: tuple[str, ...], kind: str, expected: dict[str, object]
) -> None:
    found = proposed(header, *cells)
    assert (found.type, dict(options(found))) == (kind, expected)


@pytest.mark.parametrize(
    ("header", "cells", "labels"),
    [
        ("状态", ["跟进中", "已成交", "跟进中", "流失", "已成交"], ["跟进中", "已成交", "流失"]),
        ("Product", ["GTX Pro", "MG Special", "gtx pro"] * 4, ["GTX Pro", "MG Special"]),
        ("尺寸", ["X1", "1", "X1", "1", "-", "1", "X1"], ["X1", "1"]),
    ],
)
def test_few_values_become_options_that_read_every_cell(
    header: str, cells: list[str], labels: list[str]
) -> None:
    found = proposed(header, *cells)
    assert found.type == "choice"
    made = options(found)["options"]
    assert [each["label"] for each in made] == labels
    by_label = {each["label"].casefold(): each["value"] for each in made}
    kind = field_types["choice"]
    assert kind.problems(options(found)) == ()
    for cell in cells:
        if cell != "-":
            assert kind.from_text(cell, options(found)) == by_label[cell.casefold()]


def test_options_side_by_side_are_several() -> None:
    found = proposed("标签", "VIP、华东", "华东", "VIP，老客户", "老客户;华东", "VIP")
    assert found.type == "choices"
    assert [each["label"] for each in options(found)["options"]] == ["VIP", "华东", "老客户"]


def test_names_and_codes_that_repeat_are_no_options() -> None:
    assert proposed("客户名称", *["甲公司", "乙公司"] * 10).type == "text"
    assert proposed("SKU", *["A-1", "A-2"] * 10).type == "text"
    assert proposed("负责人", *["张三"] * 10).type == "text"


def test_values_beyond_those_seen_make_no_options() -> None:
    found = proposed("城市", *["上海", "北京"] * 10, complete=False)
    assert found.type == "text"
    assert "choice" not in {each.type for each in found.fits}


def test_scale_is_left_open_where_more_cells_may_follow() -> None:
    assert dict(options(proposed("长度", "1.5", "2", complete=False))) == {}


def test_a_few_odd_cells_of_many_are_counted_and_shown() -> None:
    cells = [str(index) for index in range(1, 60)]
    found = proposed("数量", *cells, "约十个", "N/A", "-", "-")
    fit = next(each for each in found.fits if each.type == "number")
    assert found.type == "number"
    assert (fit.misfits, fit.examples, set(fit.blank)) == (1, ("约十个",), {"N/A", "-"})
    # Among few cells one odd one is no exception.
    assert proposed("数量", "1", "2", "约十个").type == "text"


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("单价（元）", "单价"),
        ("客户\n名称", "客户名称"),
        ("Close\ndate", "Close date"),
        ("* 姓名", "姓名"),
        ("名称（必填）", "名称（必填）"),
    ],
)
def test_headers_become_labels(header: str, label: str) -> None:
    assert proposed(header, "12.5", "13").label == label


@pytest.mark.parametrize(
    ("cell", "data"),
    [("12.5", True), ("2024-01-05", True), ("a@example.com", True), ("2024", False),
     ("Q1", False), ("金额", False)],
)  # fmt: skip
def test_data_is_told_from_headers(cell: str, data: bool) -> None:
    assert looks_like_data(cell) is data


def test_the_form_is_one_that_can_be_published() -> None:
    chosen = []
    for index, (header, cells, _, _) in enumerate(CASES):
        found = proposed(header, *cells)
        chosen.append(Chosen(header, f"f{index}", found.label, found.type, options(found)))
    body = form_body("sheet", "表格", chosen)
    assert body["title"] == "{{f0}}"
    bodies: dict[tuple[str, str], Any] = {
        ("application", "a"): {"kind": "application", "key": "a", "format": 1, "label": "A"},
        ("form", "sheet"): body,
    }
    plan = compile_application("a", bodies)
    assert not has_errors(getattr(plan, "problems", ()))
    assert len(plan.forms["sheet"].fields) == len(CASES)
    rows = body["layout"][0]["rows"]  # type: ignore[index]
    assert ["f27"] in rows and ["f0", "f1"] in rows
