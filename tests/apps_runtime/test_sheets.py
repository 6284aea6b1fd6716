"""Tables as files: nothing is left out, and no spreadsheet runs a cell as a program."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from apps_runtime import sheets


def read(written: io.BytesIO) -> dict[str, list[list[object]]]:
    written.seek(0)
    book = CalamineWorkbook.from_filelike(written)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_numbers_and_dates_are_such_and_long_numbers_keep_their_digits() -> None:
    target = io.BytesIO()
    row = (Decimal("1.5"), Decimal("1234567890123456789"), date(2026, 1, 31), None, "=1+1")
    sheets.write_xlsx(target, ("a", "b", "c", "d", "e"), [row])
    assert read(target) == {
        "Sheet1": [
            ["a", "b", "c", "d", "e"],
            [1.5, "1234567890123456789", date(2026, 1, 31), "", "=1+1"],
        ]
    }


def test_a_full_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "SHEET_ROWS", 3)
    target = io.BytesIO()
    sheets.write_xlsx(target, ("no",), [(str(number),) for number in range(5)])
    assert read(target) == {
        "Sheet1": [["no"], ["0"], ["1"]],
        "Sheet2": [["no"], ["2"], ["3"]],
        "Sheet3": [["no"], ["4"]],
    }


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_a_cell_that_would_be_run_is_text(text: str) -> None:
    (chunk,) = sheets.csv_chunks(("name",), [(text,)])
    assert f"'{text}".encode() in chunk


def test_a_moment_is_one() -> None:
    target = io.BytesIO()
    sheets.write_xlsx(target, ("at",), [(datetime(2026, 1, 31, 8, 30),)])  # noqa: DTZ001
    assert read(target)["Sheet1"][1] == [datetime(2026, 1, 31, 8, 30)]  # noqa: DTZ001
