"""A large file goes in and comes out: stopped, left alone, its worker killed; exported as work."""

from __future__ import annotations

import csv
import io
import itertools
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.crm import Colleague, Company, toast
from tests.support.stack import Stack

ROWS = 6_000  # more than an export answers at once
LONG = 240_000  # milliseconds

_numbers = itertools.count(1)


@pytest.fixture
def manager(demo_stack: Stack, new_page: NewPage) -> Colleague:
    return Company(demo_stack, new_page).colleague(f"文件主管{next(_numbers)}", "manager")


def leads(folder: Path, rows: int) -> tuple[Path, str]:
    """A spreadsheet of leads whose names begin with a word of this file's own."""
    word = f"批{next(_numbers)}线索"
    file = folder / "leads.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["公司", "来源", "邮箱"])
        writer.writerows(
            [f"{word}{index:05}", "官网", f"lead{index}@example.com"] for index in range(rows)
        )
    return file, word


def starts(page: Page, file: Path) -> None:
    """Through the steps of the import until it runs."""
    page.goto("/apps/crm/lead/import")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件").click()
    chooser.value.set_files(file)
    expect(page.get_by_text("已识别 3 列")).to_be_visible(timeout=LONG)
    page.get_by_role("button", name="检查").click()
    page.get_by_role("button", name="开始导入").click(timeout=LONG)
    expect(page.get_by_role("progressbar", name="正在导入")).to_be_visible(timeout=LONG)


def under_way(page: Page) -> None:
    """Some rows are in, and not all."""
    page.get_by_text(re.compile(r"^[1-9][\d,]* / [\d,]+ 行$")).wait_for(timeout=LONG)


def count(manager: Colleague, word: str) -> int:
    found = manager.get(f"/api/apps/crm/records/lead?search={word}&limit=1&count=true")
    return int(found["count"]["value"])


def test_an_import_outlives_a_reload_and_a_killed_worker(
    manager: Colleague, demo_stack: Stack, tmp_path: Path
) -> None:
    file, word = leads(tmp_path, ROWS)
    page = manager.page
    starts(page, file)
    under_way(page)
    demo_stack.kill("worker")
    # The address knows the work: it is found again.
    page.reload()
    expect(page.get_by_text(f"已导入 {ROWS:,} 行")).to_be_visible(timeout=LONG)
    assert count(manager, word) == ROWS

    # What is too long to wait for is made in the background and downloads itself.
    page.goto("/apps/crm/lead?view=all")
    page.locator(".list-head").get_by_role("button", name="更多").click()
    with page.expect_download(timeout=LONG) as download:
        page.get_by_role("menuitem", name="导出为 CSV").click()
        expect(toast(page)).to_contain_text("正在导出")
    saved = tmp_path / "out.csv"
    download.value.save_as(saved)
    lines = list(csv.reader(io.StringIO(saved.read_text(encoding="utf-8-sig"))))
    assert sum(any(cell.startswith(word) for cell in line) for line in lines) == ROWS


def test_a_stopped_import_keeps_what_is_in_and_says_how_much(
    manager: Colleague, tmp_path: Path
) -> None:
    file, word = leads(tmp_path, ROWS)
    page = manager.page
    starts(page, file)
    under_way(page)
    page.get_by_role("button", name="停止").click()
    said = page.get_by_text(re.compile("已取消，此前导入的"))
    expect(said).to_be_visible(timeout=LONG)
    kept = int(re.sub(r"\D", "", said.inner_text()))
    assert 0 < kept < ROWS
    assert count(manager, word) == kept
