"""The main job: an administrator builds a sales application; a sales department works with it."""

import sys
import time
from pathlib import Path

from tests.browser.conftest import NewPage
from tests.browser.main_job import access, automation, dashboard, deal, forms, imports, sales_file
from tests.browser.main_job.sign_in import signs_in, signs_in_first
from tests.browser.person import Person
from tests.support.browser import screenshot
from tests.support.stack import Stack

AGENT, MANAGER = "Moses Frase", "Dustin Brinkmann"
LARGE = deal.Deal(
    id="MORTISE1",
    product="GTX Pro",
    account="Zumgoity",
    stage="Engaging",
    engaged="2017-12-20",
    value="6000",
    agent=AGENT,
)
SMALL = deal.Deal(
    id="MORTISE2",
    product="MG Special",
    account="Zotware",
    stage="Prospecting",
    engaged="",
    value="400",
)


def test_a_sales_department_from_nothing(empty_stack: Stack, new_page: NewPage) -> None:
    admin = somebody(empty_stack, new_page)
    signs_in(admin, empty_stack.admin_username, empty_stack.admin_password)
    builds_forms(admin)
    speed = imports_everything(admin)
    designs_the_rest(admin)
    temporary = lets_people_in(admin)

    everything = sales_file.figures()
    assert shown(everything) == {
        dashboard.WON_VALUE: [10_005_534],
        dashboard.DEALS: [8_800],
        dashboard.FUNNEL: [8_800, 8_300, 4_238],
        dashboard.STAGES: [500, 1_589, 4_238, 2_473],
    }
    looks_at_dashboard(admin, everything, "main-job-dashboard")

    agent = somebody(empty_stack, new_page)
    signs_in_first(agent, "moses_frase", temporary[AGENT], "a-key-for-moses-7")
    own = sales_file.figures(frozenset({AGENT}))
    deal.opens_application(agent)
    assert dashboard.reads_dashboard(agent) == shown(own)
    deal.opens_deals(agent, expected=own.deals)
    deal.creates_deal(agent, LARGE)
    deal.opens_deals(agent, expected=own.deals + 1)
    screenshot(agent.page, "main-job-own-deals")

    manager = somebody(empty_stack, new_page)
    signs_in_first(manager, "dustin_brinkmann", temporary[MANAGER], "a-key-for-dustin-7")
    deal.agrees(manager, LARGE)
    screenshot(manager.page, "main-job-agreed")
    manager.follows("首页", within=manager.page.get_by_role("navigation", name="应用导航"))
    deal.opens_application(manager)
    team = sales_file.figures(sales_file.team_of(MANAGER))
    waits_for(manager, shown(team, won=1))
    deal.opens_deals(manager, expected=team.deals + 1)
    deal.creates_deal(manager, SMALL)
    deal.sees_assigned(manager, SMALL, frozenset({AGENT, MANAGER}), automation.RULE)

    waits_for(admin, shown(everything, won=1, prospecting=1))
    screenshot(admin.page, "main-job-afterwards")
    report(admin, speed)


def somebody(stack: Stack, new_page: NewPage) -> Person:
    page = new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=stack.url)
    return Person(page, stack.url)


def builds_forms(admin: Person) -> None:
    forms.creates_application(admin)
    forms.builds_accounts(admin)
    forms.builds_products(admin)
    forms.builds_deals(admin)
    screenshot(admin.page, "main-job-form")
    forms.publishes(admin, 1)
    admin.follows("打开应用", within=admin.page.get_by_role("dialog"))
    admin.page.wait_for_url("**/apps/**")


def imports_everything(admin: Person) -> float:
    """Rows of deals a second."""
    imports.imports_people(admin)
    screenshot(admin.page, "main-job-people")
    admin.follows("首页", within=admin.page.get_by_role("navigation", name="应用导航"))
    deal.opens_application(admin)
    imports.imports_products(admin)
    imports.imports_accounts(admin)
    speed = imports.imports_deals(admin)
    screenshot(admin.page, "main-job-deals")
    return speed


def designs_the_rest(admin: Person) -> None:
    admin.follows("设计", within=admin.page.get_by_role("banner"))
    admin.page.wait_for_url("**/design/**")
    dashboard.builds_dashboard(admin)
    screenshot(admin.page, "main-job-dashboard-design")
    automation.writes_rule(admin)
    screenshot(admin.page, "main-job-rule")
    automation.draws_flow(admin)
    screenshot(admin.page, "main-job-flow")
    access.writes_role(admin)
    screenshot(admin.page, "main-job-role")
    forms.publishes(admin, 2)
    admin.presses_button("关闭", within=admin.page.get_by_role("dialog"))
    access.gives_role(admin)


def lets_people_in(admin: Person) -> dict[str, str]:
    """Temporary passwords by name. Leads back into the application."""
    admin.follows("返回应用")
    access.opens_people(admin)
    passwords = {name: access.lets_in(admin, name) for name in (AGENT, MANAGER)}
    admin.follows("首页", within=admin.page.get_by_role("navigation", name="应用导航"))
    deal.opens_application(admin)
    return passwords


def looks_at_dashboard(person: Person, figures: sales_file.Figures, picture: str) -> None:
    assert dashboard.reads_dashboard(person) == shown(figures)
    screenshot(person.page, picture)


def shown(
    figures: sales_file.Figures, *, won: int = 0, prospecting: int = 0
) -> dict[str, list[int]]:
    """The dashboard's numbers, with further deals: won ones of 6,000, and ones just begun."""
    stages = {stage: figures.stages[stage] for stage in forms.STAGES}
    stages["Won"] += won
    stages["Prospecting"] += prospecting
    deals = figures.deals + won + prospecting
    return {
        dashboard.WON_VALUE: [figures.won_value + won * int(LARGE.value)],
        dashboard.DEALS: [deals],
        dashboard.FUNNEL: [deals, figures.engaged + won, stages["Won"]],
        dashboard.STAGES: list(stages.values()),
    }


def waits_for(person: Person, expected: dict[str, list[int]]) -> None:
    """The flow goes on in a worker after the decision: look again until it has."""
    deadline = time.monotonic() + 60
    while dashboard.reads_dashboard(person) != expected and time.monotonic() < deadline:
        with person.page.expect_response("**/reports/**"):
            person.presses_button("刷新")
    assert dashboard.reads_dashboard(person) == expected


def report(admin: Person, speed: float) -> None:
    """For the log: how much the administrator had to do, and how fast the deals came in."""
    line = f"main job: {admin.actions} actions of the administrator, {speed:.0f} rows/s"
    (Path(__file__).parent / "output" / "main-job.txt").write_text(line + "\n", encoding="utf-8")
    sys.stderr.write(line + "\n")
