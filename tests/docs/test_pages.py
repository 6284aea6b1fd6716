"""The hand-written pages: links lead somewhere, commands exist, nothing private is said."""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from builder.reference import commands

BASE = Path(settings.BASE)
PAGES = sorted([BASE / "README.md", BASE / "CHANGELOG.md", *(BASE / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"```.*?```", re.DOTALL)
CODE = re.compile(r"`make ([a-z]+)|^\s*make ([a-z]+)", re.MULTILINE)
PRIVATE = re.compile(r"/(?:home|root|Users|tmp)/\w|https?://(?:10|192\.168)\.|\.local/share")


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in headings}


def name_of(page: Path) -> str:
    return str(page.relative_to(BASE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if re.match(r"(https?|mailto):", target):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        if not path.exists() or (anchor and anchor not in anchors(path)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_make_targets_that_are_named_exist(page: Path) -> None:
    known = {name for name, _ in commands.targets()}
    named = {one or two for one, two in CODE.findall(page.read_text(encoding="utf-8"))}
    assert named - known == set()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_names_a_machine(page: Path) -> None:
    assert PRIVATE.findall(page.read_text(encoding="utf-8")) == []


def test_readme_has_the_two_commands_a_picture_and_no_more_than_a_screen_or_two() -> None:
    text = (BASE / "README.md").read_text(encoding="utf-8")
    assert re.search(r"^make run\b", text, re.MULTILINE)
    assert re.search(r"^make test\b", text, re.MULTILINE)
    assert "docs/images/" in text
    assert len(text.splitlines()) < 120


def test_every_file_named_in_the_explanations_exists() -> None:
    """A path in backticks that begins with a package or folder of ours."""
    roots = "engines|apps_runtime|builder|config|templates|static|tests|docs|benchmarks"
    path = re.compile(rf"`((?:{roots})/[\w./-]*)`")
    missing = {
        f"{name_of(page)}: {named}"
        for page in PAGES
        for named in path.findall(page.read_text(encoding="utf-8"))
        if not (BASE / named).exists() and not named.startswith("static/dist")
    }
    assert missing == set()


def test_decisions_are_numbered_without_gaps_and_say_all_four_things() -> None:
    found = sorted((BASE / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(page.name[:4]) for page in found]
    assert numbers == list(range(1, len(found) + 1))
    for page in found:
        text = page.read_text(encoding="utf-8")
        for part in ("## Context", "## Decision", "## Consequences", "## When to look again"):
            assert part in text, f"{page.name} lacks {part}"
        assert len(text.splitlines()) <= 70, f"{page.name} is longer than a page"


def test_the_changelog_names_the_version_of_the_package() -> None:
    version = tomllib.loads((BASE / "pyproject.toml").read_text())["project"]["version"]
    changelog = (BASE / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## \[?{re.escape(version)}\b", changelog, re.MULTILINE)
