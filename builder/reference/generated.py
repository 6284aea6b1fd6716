"""Everything that is written from the registries, by path below the repository."""

from __future__ import annotations

import json

from apps_runtime.openapi.document import document
from builder.reference.commands import commands
from builder.reference.endpoints import endpoints
from builder.reference.files import Files
from builder.reference.pages import pages
from builder.reference.typescript import types
from engines.definitions.schemas import KINDS, schema

REFERENCE = "docs/reference"


def docs() -> Files:
    """The pages of docs/reference."""
    written = {**pages(), "endpoints.md": endpoints(), "commands.md": commands()}
    return {f"{REFERENCE}/{name}": text for name, text in written.items()}


def schemas() -> Files:
    """JSON Schemas, the OpenAPI document, and the types of the front end."""
    written = {f"{REFERENCE}/schemas/{kind}.json": schema(kind) for kind in KINDS}
    written[f"{REFERENCE}/openapi.json"] = document()
    return {
        **{
            name: json.dumps(content, ensure_ascii=False, indent=1) + "\n"
            for name, content in written.items()
        },
        **{f"static/src/definitions/{name}": text for name, text in types().items()},
    }
