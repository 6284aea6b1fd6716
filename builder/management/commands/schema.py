"""Writes JSON Schemas, TypeScript types and OpenAPI from the registries: `make schema`."""

from builder.reference.command import Written
from builder.reference.generated import schemas


class Command(Written):
    """What programs read; `docs` writes pages for people."""

    help = "Write JSON Schemas, TypeScript types and OpenAPI from the registries."
    target = "schema"
    files = staticmethod(schemas)
