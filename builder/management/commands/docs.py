"""Writes docs/reference from the registries: `make docs`."""

from builder.reference.command import Written
from builder.reference.generated import docs


class Command(Written):
    """Pages for people; `schema` writes what programs read."""

    help = "Write docs/reference from the registries."
    target = "docs"
    files = staticmethod(docs)
