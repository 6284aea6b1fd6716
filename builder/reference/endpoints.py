"""The page of HTTP endpoints, from the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps_runtime.openapi.document import document
from builder.reference.pages import GENERATED, table

FIRST = """All answers are JSON unless said otherwise. Numbers travel as texts, moments with their
offset. Sign in with a session (changes need the header `X-CSRFToken`) or send
`Authorization: Bearer <token>`; see [Use the API with a token](../how-to/use-the-api.md).
`Accept-Language` chooses the language of messages. What is wrong is said in one shape,
`{"problems": [{"path", "code", "severity", "message", "params"}]}`; see
[Problem codes](problems.md). 400 and 401 are possible everywhere and not listed.

A signed-in person gets the same as OpenAPI 3.1 from `GET /api/openapi.json`, and the forms of an
application, with the fields that the person sees, from `GET /api/apps/{app}/openapi.json`. The
schemas are in [openapi.json](openapi.json).
"""


def endpoints() -> str:
    """Every operation by area: what it does, what it takes, what it answers."""
    written = document()
    areas: dict[str, list[str]] = {}
    for path, methods in written["paths"].items():
        for method, operation in methods.items():
            areas.setdefault(operation["tags"][0], []).append(one(path, method, operation))
    parts = [f"{GENERATED}\n\n# HTTP endpoints\n\n{FIRST}"]
    for area, operations in areas.items():
        parts.append(f"## {area}\n")
        parts += operations
    return "\n".join(parts)


def one(path: str, method: str, operation: Mapping[str, Any]) -> str:
    """One operation."""
    lines = [f"### {method.upper()} {path}\n", f"{operation['summary']}.\n"]
    query = [
        each
        for each in operation["parameters"]
        if each["in"] == "query" or each["name"] in ("If-Match", "Idempotency-Key")
    ]
    if query:
        rows = (
            (
                f"`{each['name']}`" + (" (required)" if each["required"] else ""),
                "header" if each["in"] == "header" else "query",
                each["description"],
            )
            for each in query
        )
        lines.append(table(("parameter", "in", "meaning"), rows))
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        kind = "Form" if media.startswith("multipart") else "Body"
        lines.append(f"{kind}: {shown(content['schema'])}\n")
    answers = []
    for status, answer in operation["responses"].items():
        if status in ("400", "401"):
            continue
        if "$ref" in answer:
            answers.append(status)
        elif "content" not in answer:
            answers.append(f"{status} (no content)")
        else:
            media, content = next(iter(answer["content"].items()))
            what = shown(content["schema"]) if media == "application/json" else f"`{media}`"
            answers.append(f"{status} {what}")
    lines.append(f"Answers: {', '.join(answers)}.\n")
    return "\n".join(lines)


def shown(schema: Mapping[str, Any]) -> str:
    """A schema in one line of code."""
    return f"`{brief(schema)}`"


def brief(schema: Mapping[str, Any]) -> str:
    """A schema as short as a reader needs it: names, lists, objects with a mark for optional."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    for word, joint in (("anyOf", " | "), ("oneOf", " | "), ("allOf", " & ")):
        if word in schema:
            return joint.join(brief(each) for each in schema[word])
    if "enum" in schema:
        return " | ".join(f'"{each}"' for each in schema["enum"])
    if "properties" in schema:
        required = schema.get("required", ())
        inside = ", ".join(
            name
            + ("" if name in required else "?")
            + (f": {deeper}" if (deeper := nested(each)) else "")
            for name, each in schema["properties"].items()
        )
        return f"{{{inside}}}"
    kind = schema.get("type")
    if kind == "array":
        return f"[{brief(schema.get('items', {}))}, …]"
    if isinstance(kind, list):
        return " | ".join(kind)
    return str(schema.get("format", kind) or "any")


def nested(schema: Mapping[str, Any]) -> str:
    """A property's schema where its name alone does not say enough."""
    simple = "type" in schema and "properties" not in schema and schema["type"] != "array"
    return "" if (simple and "enum" not in schema) or not schema else brief(schema)
