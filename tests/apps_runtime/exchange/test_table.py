"""Files as people really bring them: encodings, separators, and rows that are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from apps_runtime.exchange.row import Row
from apps_runtime.exchange.table import SourceTable, open_table
from engines.problems import Problems


def table(tmp_path: Path, content: bytes, name: str = "data.csv") -> SourceTable:
    path = tmp_path / name
    path.write_bytes(content)
    return open_table(path, name)


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
def test_an_encoding_is_recognised(tmp_path: Path, encoding: str, expected: str) -> None:
    found = table(tmp_path, "名称,金额\n华东精工,12.5\n".encode(encoding))
    assert found.encoding == expected
    assert found.headers == ("名称", "金额")
    assert list(found.rows()) == [Row(2, ("华东精工", "12.5"))]


@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_a_separator_is_recognised(tmp_path: Path, separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (("a", "b", "c"), ("1", "x, y", "3")))
    if separator == ",":
        text = text.replace("x, y", '"x, y"')
    found = table(tmp_path, text.encode())
    assert found.separator == separator
    assert [row.cells for row in found.rows()] == [("1", "x, y", "3")]


def test_a_gbk_file_with_a_broken_row_keeps_all_others(tmp_path: Path) -> None:
    good = "名称,金额\n甲公司,1\n".encode("gbk")
    found = table(tmp_path, good + b"\xff\xff\xff,2\n" + "乙公司,3\n".encode("gbk"))
    rows = list(found.rows())
    assert [(row.line, row.problem) for row in rows] == [(2, None), (3, "row_encoding"), (4, None)]
    assert rows[2].cells == ("乙公司", "3")


def test_a_utf8_file_with_a_broken_row_keeps_all_others(tmp_path: Path) -> None:
    found = table(tmp_path, "编号,名称\n1,好的\n2,".encode() + b"\xe5\xa5\n3,fine\n")
    rows = list(found.rows())
    assert [(row.line, row.problem) for row in rows] == [(2, None), (3, "row_encoding"), (4, None)]
    assert rows[0].cells == ("1", "好的")


def test_a_gbk_file_whose_rows_are_valid_utf8_too(tmp_path: Path) -> None:
    found = table(tmp_path, "编号,性别\n1,女\n2,女\n3,女\n4,男\n".encode("gbk"))
    assert [row.cells[1] for row in found.rows()] == ["女", "女", "女", "男"]


def test_a_stray_quote_costs_one_line_only(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n1,"open\n2,ok\n3,ok\n')
    assert [(row.line, row.problem) for row in found.rows()] == [
        (2, "row_quotes"),
        (3, None),
        (4, None),
    ]


def test_a_quote_in_the_middle_of_a_cell_is_a_sign_like_others(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n5" pipe,1\nmid,2\n3" pipe,3\n"4"" pipe",4\n')
    assert list(found.rows()) == [
        Row(2, ('5" pipe', "1")),
        Row(3, ("mid", "2")),
        Row(4, ('3" pipe', "3")),
        Row(5, ('4" pipe', "4")),
    ]


@pytest.mark.parametrize(
    "broken",
    [b'"x" y,1', b'"open,1', b'x,"open', b'"a","b" c'],
)
def test_no_row_is_lost_beside_a_broken_one(tmp_path: Path, broken: bytes) -> None:
    rows = [b"r%d,%d" % (n, n) for n in range(6)]
    content = b"\n".join([b"a,b", *rows[:3], broken, *rows[3:5], b'"q",5', b'"z"",""\n",6', b""])
    found = list(table(tmp_path, content).rows())
    assert [row.line for row in found if row.problem] == [5]
    assert [row.cells[1] for row in found if not row.problem] == ["0", "1", "2", "3", "4", "5", "6"]
    assert found[-1].cells[0] == 'z","\n'


def test_what_stands_above_the_headers_is_passed_over(tmp_path: Path) -> None:
    found = table(tmp_path, b"sep=;\n\n;\na;b\n1;2,5\n")
    assert (found.separator, found.headers) == (";", ("a", "b"))
    assert list(found.rows()) == [Row(5, ("1", "2,5"))]


def test_a_cell_that_is_too_long_is_told(tmp_path: Path) -> None:
    found = table(tmp_path, b"a,b\n" + b"x" * 200_000 + b",1\ny,2\n")
    assert [(row.line, row.problem) for row in found.rows()] == [(2, "cell_too_long"), (3, None)]


def test_line_breaks_inside_quotes_belong_to_the_cell(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n1,"two\nlines ""quoted"""\n2,x\n')
    assert [(row.line, row.cells) for row in found.rows()] == [
        (2, ("1", 'two\nlines "quoted"')),
        (4, ("2", "x")),
    ]


def test_a_row_with_too_many_or_too_few_cells_is_a_problem(tmp_path: Path) -> None:
    found = table(tmp_path, b"a,b\n1\n1,2,3\n1,2,\n\n4,5\n")
    assert [(row.line, row.problem) for row in found.rows()] == [
        (2, "row_cells"),
        (3, "row_cells"),
        (4, None),
        (6, None),
    ]


def test_cells_guarded_on_export_come_back_as_they_were(tmp_path: Path) -> None:
    found = table(tmp_path, b"a\n'=1+1\n'text\n")
    assert [row.cells for row in found.rows()] == [("=1+1",), ("'text",)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\n\n", "no_headers"),
        (b"a,b,a\n1,2,3\n", "header_twice"),
        (",".join(f"c{n}" for n in range(400)).encode(), "too_many_columns"),
        (b"PK\x03\x04 but not a workbook", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_a_table"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "not_a_table"),
        (bytes(range(200)) * 20, "not_a_table"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Problems) as refused:
        table(tmp_path, content)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_a_workbook_gives_the_same_rows(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["名称", "金额", "日期", "编号"])
        sheet.write_string(1, 0, "华东精工")
        sheet.write_number(1, 1, 1200.5)
        sheet.write_datetime(1, 2, __import__("datetime").datetime(2026, 11, 21), dates)
        sheet.write_string(1, 3, "110101199003070011")
    found = open_table(path, "data.xlsx")
    assert found.headers == ("名称", "金额", "日期", "编号")
    assert [row.cells for row in found.rows()] == [
        ("华东精工", "1200.5", "2026-11-21", "110101199003070011")
    ]
