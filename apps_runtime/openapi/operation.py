"""What the document says about one method of one address, and short ways to say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
ANYTHING: Schema = {"type": "object"}
CURSOR: Schema = {
    "type": ["string", "null"],
    "description": "Ask for the next page with `after`; null on the last one.",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A query parameter or a header; a text unless ``schema`` says otherwise."""

    name: str
    description: str
    schema: Schema | None = None
    required: bool = False
    place: str = "query"


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one address.

    ``body`` is the schema of a JSON body; ``form`` that of a multipart one (both where either may
    be sent). ``answer`` is the schema of the JSON answer with ``status``; None means no content.
    ``media`` replaces JSON where the answer is a file or a page. ``problems`` are the refusals
    that a client should expect beyond 400 and 401.
    """

    summary: str
    body: Schema | None = None
    answer: Schema | None = None
    form: Schema | None = None
    status: int = 200
    media: tuple[str, ...] = ("application/json",)
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    public: bool = False
    once: bool = False
    """Whether the header Idempotency-Key is understood."""
    tagged: bool = False
    """Whether the answer has an ETag, and If-None-Match is answered with 304."""
    queued: bool = False
    """Whether long work may be answered with 202 and the id of the work instead."""


Operations = Mapping[tuple[str, str], Operation]
"""By method and address, such as ``("GET", "/api/apps/{app}")``."""


def ref(name: str) -> Schema:
    """A reference to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def items(of: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": of}


def some(*names: str) -> Schema:
    """One of some words."""
    return {"type": "string", "enum": list(names)}


def maybe(of: Schema) -> Schema:
    """The same, or null."""
    kind = of.get("type")
    if isinstance(kind, str) and "enum" not in of:
        return {**of, "type": [kind, "null"]}
    return {"anyOf": [of, {"type": "null"}]}


def shape(required: tuple[str, ...] | None = None, /, **properties: Schema) -> Schema:
    """An object; all its properties are there unless ``required`` names those that are."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
    }


def closed(required: tuple[str, ...] = (), /, **properties: Schema) -> Schema:
    """A body: nothing but these properties, of which ``required`` must be sent."""
    return {**shape(required, **properties), "additionalProperties": False}


def page(name: str, of: Schema, **more: Schema) -> Schema:
    """An answer with a list and the cursor of its next page."""
    return shape(**{name: items(of), "next": CURSOR, **more})
