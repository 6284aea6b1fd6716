"""A small application to design."""

from __future__ import annotations

import pytest

from tests.acceptance.builder.designs import text
from tests.acceptance.conftest import App, Designing
from tests.acceptance.definitions import form


@pytest.fixture
def app(designed: Designing) -> App:
    """One published form."""
    return designed(form("thing", {"name": text("Name"), "n": {"type": "number", "label": "N"}}))
