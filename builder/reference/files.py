"""Writes generated files, or says which of them are not current."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

Files = Mapping[str, str]
"""Contents by path below the repository."""


def stale(files: Files) -> list[str]:
    """The paths whose file is absent or says something else."""
    return [name for name, content in files.items() if _read(name) != content]


def write(files: Files) -> list[str]:
    """Write what is stale; the paths written."""
    found = stale(files)
    for name in found:
        path = Path(settings.BASE) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[name], encoding="utf-8")
    return found


def _read(name: str) -> str | None:
    path = Path(settings.BASE) / name
    return path.read_text(encoding="utf-8") if path.exists() else None
