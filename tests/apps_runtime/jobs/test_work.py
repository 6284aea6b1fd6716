"""A worker can do every kind of long work that the web process can queue."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
WORKER = """
from importlib import import_module
import django
from config.celery import app
django.setup()
for name in app.conf.imports:
    import_module(name)
from apps_runtime import works
print(*sorted(function.__module__ for function in works._runners.values()))
"""


def test_a_worker_knows_every_kind_of_long_work() -> None:
    found = [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        for package in ("apps_runtime", "builder")
        for path in (ROOT / package).rglob("*.py")
        if re.search(r"^@works\.runner\(", path.read_text(encoding="utf-8"), re.M)
    ]
    known = subprocess.run(
        [sys.executable, "-c", WORKER], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert known.stdout.split() == sorted(found)
