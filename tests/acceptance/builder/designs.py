"""Addresses and pieces of definitions that the tests of designing share."""

from __future__ import annotations

from typing import Any

from tests.acceptance.conftest import App

ROOT = "/api/builder/applications"


def text(label: str = "T", **more: Any) -> Any:
    return {"type": "text", "label": label, **more}


def at(app: App, kind: str, key: str) -> str:
    return f"{app.design}/definitions/{kind}/{key}"


def errors(problems: Any) -> Any:
    return [each for each in problems if each["severity"] == "error"]
