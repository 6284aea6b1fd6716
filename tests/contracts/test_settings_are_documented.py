"""docs/reference/settings.md names every variable that a process reads, and no other."""

import re
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]


def test_every_variable_is_documented_and_every_documented_one_is_read() -> None:
    read = {"PYTHON"}  # by setup.sh
    for path in (BASE / "config").rglob("*.py"):
        read |= set(
            re.findall(r"environment\.(?:text|flag|names)\(\s*['\"](\w+)['\"]", path.read_text())
        )
    read -= {"CI"}  # set by continuous integration, for the tests alone
    page = (BASE / "docs" / "reference" / "settings.md").read_text()
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == read
