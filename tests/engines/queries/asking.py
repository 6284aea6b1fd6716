"""The plan that is asked about, and short ways to ask."""

from __future__ import annotations

from typing import Any

import pytest

from engines.problems import Problems
from engines.queries.filters import compile_filter
from tests.engines.queries.world import application

PLAN = application()
ORDER = PLAN.forms["order"]


def codes(error: pytest.ExceptionInfo[Problems]) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in error.value.problems]


def ids(found: list[dict[str, Any]]) -> list[int]:
    return [each["id"] for each in found]


def where(text: str, form: str = "order") -> Any:
    return compile_filter(text, PLAN.forms[form], PLAN.forms)
