"""Fixtures of browser tests: one Chromium, running stacks, pages of a desktop and of a phone."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import Complaints, chromium, screenshot
from tests.support.stack import Stack, running_stack

HERE = Path(__file__).parent
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
NewPage = Callable[..., Page]

# A busy machine is slow, not wrong.
expect.set_options(timeout=15_000)

# Playwright keeps a loop in this thread, from which Django would refuse to speak to a database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder is a browser test, whether it says so or not."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def demo_stack() -> Iterator[Stack]:
    """An installation with the packaged application; tests share it and must not rely on order."""
    with running_stack(demo=True) as started:
        yield started


@pytest.fixture(scope="module")
def empty_stack() -> Iterator[Stack]:
    """An installation without any application, for this module's tests alone."""
    with running_stack(demo=False) as started:
        yield started


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    """Console errors, exceptions and answers of 500 fail the test unless it expects them."""
    collected = Complaints()
    yield collected
    assert collected.unexpected() == []


@pytest.fixture
def new_page(
    browser: Browser, complaints: Complaints, request: pytest.FixtureRequest
) -> Iterator[NewPage]:
    """Makes pages, each with cookies of its own: `new_page(phone=True, language="en")`."""
    contexts = []
    pages: list[Page] = []

    def make(*, phone: bool = False, language: str = "zh-CN", base_url: str | None = None) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]
            has_touch=phone,
            is_mobile=phone,
            locale=language,
            timezone_id="Asia/Shanghai",
            base_url=base_url,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        complaints.listen(page)
        pages.append(page)
        return page

    failed_before = request.session.testsfailed
    yield make
    if request.session.testsfailed > failed_before:
        for number, page in enumerate(pages):
            screenshot(page, f"{request.node.name}-{number}")
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A desktop page in Chinese."""
    return new_page()
