"""Importing the files through the import screens; what is wrong in them is repaired in one step."""

import time
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.main_job import sales_file
from tests.browser.main_job.access import opens_people
from tests.browser.person import Person

LONG = 180_000


def imports_people(admin: Person) -> None:
    """The sales agents with their regional offices and managers."""
    opens_people(admin)
    admin.presses_button("导入")
    chooses(admin, sales_file.TEAMS, columns=3)
    admin.presses_button("检查")
    agents = len(sales_file.rows(sales_file.TEAMS))
    expect(admin.page.get_by_text(f"可导入 {agents} 行，没有问题")).to_be_visible(timeout=LONG)
    starts(admin, agents)


def imports_products(admin: Person) -> None:
    opens_import(admin, "产品")
    products = len(sales_file.rows(sales_file.PRODUCTS))
    chooses(admin, sales_file.PRODUCTS, columns=3)
    admin.presses_button("检查")
    expect(admin.page.get_by_text(f"可导入 {products} 行，没有问题")).to_be_visible(timeout=LONG)
    starts(admin, products)


def imports_accounts(admin: Person) -> None:
    """`technolgy` is no sector: all its rows are repaired together."""
    opens_import(admin, "客户")
    rows = sales_file.rows(sales_file.ACCOUNTS)
    wrong = sum(row["sector"] == "technolgy" for row in rows)
    chooses(admin, sales_file.ACCOUNTS, columns=7)
    admin.presses_button("检查")
    expect(admin.page.get_by_text(f"可导入 {len(rows) - wrong} 行，1 个问题")).to_be_visible(
        timeout=LONG
    )
    repairs(admin, "technolgy", wrong, "technology")
    starts(admin, len(rows))


def imports_deals(admin: Person) -> float:
    """`GTXPro` is the product `GTX Pro`; rows without an account stay without. Answers rows/s."""
    opens_import(admin, "商机")
    figures = sales_file.figures()
    wrong = figures.products["GTXPro"]
    assert (wrong, figures.without_account) == (1_480, 1_425)
    chooses(admin, sales_file.DEALS, columns=8)
    admin.presses_button("检查")
    expect(admin.page.get_by_text(f"可导入 {figures.deals - wrong:,} 行，1 个问题")).to_be_visible(
        timeout=LONG
    )
    repairs(admin, "GTXPro", wrong, "GTX Pro")
    begun = time.monotonic()
    starts(admin, figures.deals, view=False)
    seconds = time.monotonic() - begun
    admin.presses_button("查看")
    return figures.deals / seconds


def opens_import(admin: Person, form: str) -> None:
    """From a form's list, as long as it is empty or not."""
    admin.follows(form, within=admin.page.get_by_role("navigation", name="应用导航"))
    admin.presses_button("导入", within=admin.page.get_by_role("main"))


def chooses(admin: Person, path: Path, *, columns: int) -> None:
    """Choose the file; all its columns are recognised."""
    admin.chooses_file(admin.page.get_by_role("button", name="选择文件").last, path)
    expect(admin.page.get_by_text(f"已识别 {columns} 列")).to_be_visible(timeout=LONG)


def repairs(admin: Person, cell: str, count: int, meant: str) -> None:
    """One click: what is meant is proposed already, and it goes into all rows of this problem."""
    group = admin.page.get_by_role("listitem").filter(has_text=cell)
    expect(group).to_contain_text(f"{count:,} 行")
    expect(group.get_by_role("combobox", name=f"全部替换为 · {cell}")).to_be_visible()
    expect(group).to_contain_text(meant)
    admin.presses_button("替换", within=group)
    expect(group).to_contain_text(f"替换为「{meant}」")


def starts(admin: Person, rows: int, *, view: bool = True) -> None:
    """Import; every row arrives."""
    admin.presses_button("开始导入")
    expect(admin.page.get_by_text(f"已导入 {rows:,} 行")).to_be_visible(timeout=LONG)
    if view:
        admin.presses_button("查看")
