"""Signing in, the first time with a temporary password too."""

import re

from playwright.sync_api import expect

from tests.browser.person import Person


def signs_in(person: Person, username: str, password: str) -> None:
    page = person.page
    person.opens("/login")
    person.fills(page.get_by_label("用户名"), username)
    person.fills(page.get_by_label("密码", exact=True), password)
    person.hits("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def signs_in_first(person: Person, username: str, temporary: str, password: str) -> None:
    """The temporary password is good for one thing: setting one's own."""
    page = person.page
    signs_in(person, username, temporary)
    person.fills(page.get_by_label("当前密码"), temporary)
    person.fills(page.get_by_label("新密码", exact=True), password)
    person.hits("Enter")
    expect(page.get_by_role("button", name=re.compile("^账户"))).to_be_visible(timeout=30_000)
