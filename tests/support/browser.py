"""Chromium for browser tests: one at a time on a machine, every error of a page fails its test."""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, expect, sync_playwright

from config.local.browser import program
from config.local.home import BASE

AXE = BASE / "static" / "node_modules" / "axe-core" / "axe.min.js"
OUTPUT = BASE / "tests" / "browser" / "output"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass(slots=True)
class Complaints:
    """What went wrong in the pages of one test, besides what the test itself asserts."""

    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, part: str) -> None:
        """A message with this part in it is wanted by the test (a refused sign-in, say)."""
        self.expected.append(part)

    def unexpected(self) -> list[str]:
        return [
            message for message in self.found if not any(part in message for part in self.expected)
        ]

    def listen(self, page: Page) -> None:
        """Collect console errors, exceptions and answers of 500 and more from the page."""

        def on_console(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.found.append(f"console: {message.text}")

        def on_response(response: Response) -> None:
            if response.status >= 500:
                self.found.append(f"{response.status}: {response.request.method} {response.url}")

        page.on("console", on_console)
        page.on("pageerror", lambda error: self.found.append(f"exception: {error}"))
        page.on("response", on_response)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window. Waits while another run on this machine has one."""
    path = program()
    if path is None:
        raise RuntimeError("Chromium is not installed: apt-get install chromium fonts-noto-cjk")
    lock_path = Path(tempfile.gettempdir()) / "mortise-browser.lock"
    descriptor = os.open(lock_path, os.O_RDWR | os.O_CREAT, 0o666)
    with os.fdopen(descriptor, "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=path,
                args=[
                    "--disable-dev-shm-usage",
                    "--disable-gpu",
                    *(["--no-sandbox"] if os.geteuid() == 0 else []),
                ],
            )
            try:
                yield browser
            finally:
                browser.close()


def axe_violations(page: Page, *, ignore: tuple[str, ...] = ()) -> list[str]:
    """What axe-core (WCAG 2.2 AA) finds wrong with the page: one line a rule and element."""
    page.evaluate(AXE.read_text())
    result: dict[str, Any] = page.evaluate(
        "options => axe.run(document, options)",
        {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]},
    )
    return [
        f"{violation['id']}: {json.dumps(node['target'], ensure_ascii=False)} {node['html'][:160]}"
        for violation in result["violations"]
        if violation["id"] not in ignore
        for node in violation["nodes"]
    ]


def types(page: Page, text: str, *, replace: bool = False) -> None:
    """Type where the caret is, as soon as there is one: pages move the focus a moment later."""
    expect(page.locator(":focus:not(button, a)")).to_have_count(1)
    if replace:
        page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the page for the person who looks into a failure or writes the docs."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    path = OUTPUT / f"{name}.png"
    page.screenshot(path=path)
    return path
