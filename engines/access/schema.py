"""The schema of a role definition, with the masks there are."""

from __future__ import annotations

from typing import Any

from engines.access.masks import LABELS, MASKS
from engines.definitions.kinds.role import role_schema

_YES_OR_NO = {"oneOf": [{"type": "boolean"}, {"type": "string", "enum": ["true", "false"]}]}


def role_definition_schema() -> dict[str, Any]:
    """A whole role definition. What has no record yet, or many, is a matter of yes or no."""
    schema = role_schema(MASKS)
    grant = schema["properties"]["grants"]["items"]["properties"]
    for name in ("create", "export", "import", "print"):
        drawn = {key: each for key, each in grant[name].items() if key.startswith("x-")}
        grant[name] = {**_YES_OR_NO, **drawn, "x-widget": "boolean"}
    grant["mask"]["additionalProperties"]["x-labels"] = LABELS
    return schema
