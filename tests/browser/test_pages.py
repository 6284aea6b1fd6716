"""Every page, in both languages, on a desktop and a phone: no fault, no foreign word, axe clean.

The pages where people work all day are looked at in dark as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.support.browser import Complaints, axe_violations, screenshot
from tests.support.stack import Stack

APP = "crm"
LANGUAGES = ("zh-CN", "en")
PATIENCE = 20_000  # milliseconds for a page to be complete, on a machine that does other things too
TOUCH = 44  # CSS pixels, the size of a fingertip
CJK = re.compile("[\u3400-\u9fff]")
# What a page says when a text is missing: its key, or a value that was never made a text.
UNRESOLVED = re.compile(r"^[a-z]+(\.[a-z][a-zA-Z]+)+$|\bundefined\b|\bNaN\b|\[object ")


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the tour: its address, and what stands on it when it is complete."""

    name: str
    path: str
    ready: str
    then: Callable[[Screen], None] | None = None
    signed_in: bool = True


@dataclass(slots=True)
class Screen:
    """A browser window of one language and size, and what went wrong in it."""

    page: Page
    url: str
    language: str
    phone: bool
    complaints: Complaints
    signed_in: bool
    found: dict[str, str] = field(default_factory=dict)

    def value(self, path: str, pick: Callable[[Any], Any]) -> str:
        """Something of the sample data that an address needs, asked of the interface once."""
        if path not in self.found:
            answer = self.page.context.request.get(self.url + path)
            assert answer.ok, f"{path}: {answer.status}"
            self.found[path] = str(pick(answer.json()))
        return self.found[path]

    def address(self, template: str) -> str:
        """The address of a stop, with a record's id and the public form's token filled in."""
        if "{record}" in template:
            first = f"/api/apps/{APP}/records/opportunity?limit=1"
            record = self.value(first, lambda body: body["records"][0]["id"])
            template = template.replace("{record}", record)
        if "{assignment}" in template:
            box = "/api/assignments?box=open"
            first = self.value(box, lambda body: body["assignments"][0]["id"])
            template = template.replace("{assignment}", first)
        if "{public}" in template:
            form = f"/api/apps/{APP}/forms/lead"
            template = template.replace("{public}", self.value(form, lambda b: b["public_url"]))
        return template


def opens_the_new_form(screen: Screen) -> None:
    """Press the list's one primary button."""
    screen.page.locator(".list-head .ant-btn-primary").click()
    expect(screen.page.locator(".record-form").first).to_be_visible(timeout=PATIENCE)


STOPS = (
    Stop("login", "/login", "#password", signed_in=False),
    Stop("public-form", "{public}", "form [type=submit]", signed_in=False),
    Stop("home", "/", ".tile-link"),
    Stop("list", f"/apps/{APP}/opportunity", "[role=grid] [role=row] [role=gridcell], .cards li"),
    Stop("kanban", f"/apps/{APP}/opportunity?view=board", ".kanban-card"),
    Stop(
        "record",
        f"/apps/{APP}/opportunity/{{record}}",
        ".record-page aside, .record-page [role=tab]",
    ),
    Stop(
        "record-drawer", f"/apps/{APP}/opportunity?record={{record}}", ".record-drawer [role=tab]"
    ),
    Stop(
        "new-record", f"/apps/{APP}/opportunity", ".list-head .ant-btn-primary", opens_the_new_form
    ),
    Stop("import", f"/apps/{APP}/opportunity/import", ".drop"),
    Stop("inbox", "/inbox", ".inbox-list li, .inbox-list .empty"),
    Stop("approval", "/approve/{assignment}", "button[name=decision]"),
    Stop("dashboard", f"/apps/{APP}/dashboards/sales", ".js-plotly-plot"),
    Stop("people", "/people", "main table tbody tr, main [role=row], main li"),
    Stop("tokens", "/tokens", "main h1"),
    Stop("status", "/status", "main table, main dl, main li"),
    Stop("me", "/me", "main form, main h1"),
    Stop("designer", f"/design/{APP}", ".overview h1"),
    Stop("form-designer", f"/design/{APP}/forms/opportunity", "[data-canvas] .field-hit"),
    Stop("flow-designer", f"/design/{APP}/flows/quote_approval", ".flow-card"),
    Stop(
        "rule-editor", f"/design/{APP}/rules/assign_east_lead", "main .control-label, main select"
    ),
    Stop("report-designer", f"/design/{APP}/reports/pipeline_by_region", ".js-plotly-plot"),
    Stop("dashboard-designer", f"/design/{APP}/dashboards/sales", ".js-plotly-plot"),
    Stop("roles", f"/design/{APP}/roles/sales", "main table"),
    Stop("release", f"/design/{APP}/release", ".release-list li"),
)

DARK = {
    *("login", "public-form", "home", "list", "kanban", "record", "new-record", "inbox"),
    *("approval", "dashboard", "me", "form-designer", "flow-designer"),
}
Screens = Callable[..., Screen]


@pytest.fixture(scope="module")
def screens(browser: Browser, demo_stack: Stack) -> Iterator[Screens]:
    """One window per language, size, signed in or not, and theme; each signs in once."""
    made: dict[tuple[str, bool, bool, bool], Screen] = {}

    def screen(language: str, phone: bool, signed_in: bool, dark: bool = False) -> Screen:
        key = (language, phone, signed_in, dark)
        if key not in made:
            context = browser.new_context(
                viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
                has_touch=phone,
                is_mobile=phone,
                locale=language,
                timezone_id="Asia/Shanghai",
                base_url=demo_stack.url,
                reduced_motion="reduce",
                color_scheme="dark" if dark else "light",
            )
            context.set_default_timeout(PATIENCE)
            if signed_in:
                sign_in(context, demo_stack)
            complaints = Complaints()
            page = context.new_page()
            complaints.listen(page)
            made[key] = Screen(page, demo_stack.url, language, phone, complaints, signed_in)
        return made[key]

    yield screen
    for each in made.values():
        each.page.context.close()


def sign_in(context: BrowserContext, stack: Stack) -> None:
    answer = context.request.post(
        "/api/session",
        data={"username": stack.admin_username, "password": stack.admin_password},
    )
    assert answer.ok, answer.text()


# Texts of the product itself: controls, headings, names. Values of records are data, and stand in
# cells, cards, timelines and charts, which are left out.
CHROME = """() => {
  const data = '[role=gridcell], [role=row] td, tbody, .cards, .inbox-list li, .inbox-pane, '
    + '[class*=kanban-card], [class*=timeline], [class*=person-name], .avatar, .js-plotly-plot, '
    + 'option, code, input, textarea, [lang], [data-own-words]';
  const texts = [];
  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const chrome = 'button, a, label, legend, summary, h1, h2, h3, th, dt, [role=tab], '
    + '[role=columnheader], [role=menuitem], [role=switch], [role=alert], [role=status], '
    + '.meta, .muted, .control-label';
  for (const element of document.querySelectorAll(chrome)) {
    if (!visible(element) || element.closest(data)) continue;
    texts.push([element.tagName, element.innerText.trim()]);
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll(`[${name}]`)) {
      if (!visible(element) || element.closest(data)) continue;
      texts.push([`${element.tagName}[${name}]`, element.getAttribute(name).trim()]);
    }
  return texts.filter(([, text]) => text);
}"""

SMALL_TARGETS = f"""() => {{
  const primary = '.ant-btn-primary, button.primary, .phone-tabs a, nav.rail a, header button, '
    + 'header a, .tile-link, [role=tab]';
  const small = [];
  for (const element of document.querySelectorAll(primary)) {{
    if (!element.checkVisibility({{ visibilityProperty: true }})) continue;
    const box = element.getBoundingClientRect();
    if (box.width < 2) continue;
    const after = getComputedStyle(element, '::after');
    const reach = after.content !== 'none' && after.position === 'absolute'
      ? [parseFloat(after.width), parseFloat(after.height)] : [0, 0];
    const width = Math.max(box.width, reach[0]), height = Math.max(box.height, reach[1]);
    if (width < {TOUCH} - 0.5 || height < {TOUCH} - 0.5)
      small.push(`${{element.tagName}}.${{element.className}} `
        + `${{element.getAttribute('aria-label') || element.innerText}}`.trim()
        + ` ${{Math.round(width)}}x${{Math.round(height)}}`);
  }}
  return small;
}}"""


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_page(stop: Stop, language: str, phone: bool, screens: Screens) -> None:
    if phone and stop.name == "record-drawer":
        pytest.skip("a phone opens the record's page")
    signed_in = screens(language, phone, True)
    screen = signed_in if stop.signed_in else screens(language, phone, False)
    page = screen.page
    faults = visit(stop, screen, signed_in.address(stop.path))
    screenshot(page, f"{stop.name}-{language[:2]}-{'phone' if phone else 'desktop'}")
    texts: list[list[str]] = page.evaluate(CHROME)
    faults += [f"not a text: {where} {text!r}" for where, text in texts if UNRESOLVED.search(text)]
    if language == "en":
        faults += [f"not English: {where} {text!r}" for where, text in texts if CJK.search(text)]
    if phone:
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            faults.append(f"scrolls sideways by {wide} px")
        faults += [f"small target: {each}" for each in page.evaluate(SMALL_TARGETS)]
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize(
    "stop", [each for each in STOPS if each.name in DARK], ids=lambda stop: stop.name
)
def test_page_in_dark(stop: Stop, screens: Screens) -> None:
    signed_in = screens("zh-CN", False, True, dark=True)
    screen = signed_in if stop.signed_in else screens("zh-CN", False, False, dark=True)
    faults = visit(stop, screen, signed_in.address(stop.path))
    screenshot(screen.page, f"{stop.name}-zh-dark")
    assert not faults, "\n" + "\n".join(faults)


def visit(stop: Stop, screen: Screen, address: str) -> list[str]:
    """Go there, wait until the page is complete; what the browser and axe find wrong with it."""
    before = len(screen.complaints.found)
    page = screen.page
    page.goto(address, wait_until="load")
    expect(page.locator(stop.ready).first).to_be_visible(timeout=PATIENCE)
    if stop.then:
        stop.then(screen)
    expect(page.locator(".skeleton")).to_have_count(0, timeout=PATIENCE)
    return screen.complaints.found[before:] + [f"axe: {line}" for line in axe_violations(page)]
