"""A sales agent makes a deal, and his manager agrees to it."""

import re
import time
from dataclasses import dataclass

from playwright.sync_api import Locator, expect

from tests.browser.main_job.forms import APPLICATION
from tests.browser.person import Person


@dataclass(frozen=True, slots=True)
class Deal:
    """What is typed and chosen; without an ``agent`` the rule finds one."""

    id: str
    product: str
    account: str
    stage: str
    engaged: str
    value: str
    agent: str = ""


def opens_application(person: Person) -> None:
    page = person.page
    person.follows(re.compile(f"^{APPLICATION}"), within=page.get_by_role("main"))
    page.wait_for_url("**/apps/**")


def opens_deals(person: Person, *, expected: int) -> None:
    """The list of deals says how many there are for this person."""
    page = person.page
    person.follows("商机", within=page.get_by_role("navigation", name="应用导航"))
    expect(page.get_by_role("main")).to_contain_text(f"{expected:,} 条")


def creates_deal(person: Person, deal: Deal) -> None:
    page = person.page
    person.presses_button("新建商机")
    form = page.get_by_role("dialog", name="新建商机")
    person.fills(form.get_by_role("textbox", name="Opportunity ID"), deal.id)
    if deal.agent:
        finds(person, form.get_by_role("combobox", name="Sales agent"), deal.agent)
    finds(person, form.get_by_role("combobox", name="Product"), deal.product)
    finds(person, form.get_by_role("combobox", name="Account"), deal.account)
    person.picks(form.get_by_role("combobox", name="Deal stage"), deal.stage)
    if deal.engaged:
        person.fills(form.get_by_role("textbox", name="Engage date"), deal.engaged)
        person.hits("Enter")
    person.fills(form.get_by_role("textbox", name="Close value"), deal.value)
    person.presses_button("保存", within=form)
    expect(form).to_be_hidden(timeout=30_000)


def finds(person: Person, control: Locator, text: str) -> None:
    """Look for something in a list that the server searches, and choose it."""
    person.clicks(control)
    person.types(text)
    option = re.compile(f"^{re.escape(text)}( |$)")  # people stand there with their department
    person.clicks(person.page.get_by_role("option", name=option))


def sees_assigned(person: Person, deal: Deal, people: frozenset[str], rule: str) -> str:
    """The deal that nobody had comes to one of the people, and its history names the rule."""
    page = person.page
    row = page.get_by_role("row").filter(has_text=deal.id)
    deadline = time.monotonic() + 60
    while row.count() == 0 and time.monotonic() < deadline:
        with page.expect_response(re.compile("/records/")):
            person.presses_button("刷新")
    expect(row).to_contain_text(re.compile("|".join(map(re.escape, sorted(people)))))
    agent = next(name for name in people if name in row.inner_text())
    person.clicks(row.get_by_text(deal.id, exact=True))
    record = page.get_by_role("complementary", name="商机")
    person.clicks(record.get_by_role("tab", name="动态"))
    expect(record).to_contain_text(rule)
    person.presses_button("关闭", within=record)
    expect(record).to_be_hidden()
    return agent


def agrees(manager: Person, deal: Deal) -> None:
    """The manager finds the deal in his inbox and agrees; nothing is left to do."""
    page = manager.page
    manager.follows(re.compile("^待办"), within=page.get_by_role("navigation", name="应用导航"))
    main = page.get_by_role("main")
    expect(main).to_contain_text(deal.id, timeout=60_000)
    expect(main).to_contain_text(f"{int(deal.value):,}")
    manager.presses_button("同意", within=main)
    manager.sees(f"已同意「{deal.id}」")
    manager.sees("都处理完了")
