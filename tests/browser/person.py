"""A person at the screen: points, drags, types, chooses files; every action is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.support.browser import types

Name = str | re.Pattern[str]


@dataclass(slots=True)
class Person:
    """What somebody does by mouse and keyboard only.

    An action is a click, a drag, a chosen file, or one typed or pasted text (as in the script of
    the first ten minutes); looking and waiting are none.
    """

    page: Page
    url: str
    actions: int = 0
    log: list[str] = field(default_factory=list)

    def _did(self, what: str) -> None:
        self.actions += 1
        self.log.append(what)

    def since(self, mark: int) -> int:
        """Actions since a mark (an earlier value of ``actions``)."""
        return self.actions - mark

    def opens(self, path: str) -> None:
        """Type an address; not an action of the product."""
        self.page.goto(self.url + path)

    def clicks(self, target: Locator) -> None:
        """One click, once the target can be clicked."""
        target.click()
        self._did(f"click {target}")

    def presses_button(self, name: Name, within: Locator | None = None) -> None:
        """Click the button of this name."""
        scope: Page | Locator = within or self.page
        exact = isinstance(name, str)
        self.clicks(scope.get_by_role("button", name=name, exact=exact).first)

    def follows(self, name: Name, within: Locator | None = None) -> None:
        """Click the link of this name."""
        scope: Page | Locator = within or self.page
        self.clicks(scope.get_by_role("link", name=name, exact=isinstance(name, str)).first)

    def picks(self, control: Locator, option: str) -> None:
        """Open a list and click one of its options: two actions."""
        self.clicks(control)
        shown = self.page.locator(".ant-select-dropdown:visible")
        self.clicks(shown.locator(".ant-select-item-option", has_text=option).first)

    def types(self, text: str, *, replace: bool = False) -> None:
        """Type one text where the caret is."""
        types(self.page, text, replace=replace)
        self._did(f"type {text!r}")

    def fills(self, target: Locator, text: str) -> None:
        """Click into a field and type one text: two actions."""
        self.clicks(target)
        self.types(text, replace=True)

    def pastes(self, text: str) -> None:
        """Paste one text where the caret is, as from another program."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("ControlOrMeta+v")
        self._did(f"paste {text[:30]!r}")

    def hits(self, key: str) -> None:
        """Press one key; part of typing, so it does not count."""
        self.page.keyboard.press(key)

    def drags(self, source: Locator, target: Locator, *, at: str = "middle") -> None:
        """Drag by mouse, in steps as a hand does, onto the target's middle, edge or corner."""
        source.scroll_into_view_if_needed()
        begin, end = source.bounding_box(), target.bounding_box()
        if begin is None or end is None:
            raise AssertionError("nothing to drag or nowhere to drop")
        x = end["x"] + end["width"] / 2
        y = end["y"] + end["height"] / 2
        if "left" in at:
            x = end["x"] + 12
        elif "right" in at:
            x = end["x"] + end["width"] - 12
        if "top" in at:
            y = end["y"] + 6
        elif "bottom" in at:
            y = end["y"] + end["height"] - 6
        mouse = self.page.mouse
        mouse.move(begin["x"] + begin["width"] / 2, begin["y"] + begin["height"] / 2)
        mouse.down()
        mouse.move(x, y, steps=12)
        mouse.move(x + 1, y + 1)
        mouse.up()
        self._did(f"drag {source} to {target}")

    def chooses_file(self, trigger: Locator, path: Path) -> None:
        """Choose a file in the file chooser that a click opens: one action."""
        with self.page.expect_file_chooser() as chooser:
            trigger.click()
        chooser.value.set_files(path)
        self._did(f"choose {path.name}")

    def sees(self, text: Name) -> None:
        """The text stands somewhere on the screen (waits for it)."""
        expect(self.page.get_by_text(text).first).to_be_visible()
