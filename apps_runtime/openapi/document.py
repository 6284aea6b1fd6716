"""The OpenAPI 3.1 document of the fixed addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from apps_runtime.openapi.addresses import Address, addresses
from apps_runtime.openapi.areas import OPERATIONS
from apps_runtime.openapi.operation import TEXT, Operation, Parameter, Schema, ref
from apps_runtime.openapi.shapes import SHAPES

VERSION = "0.1.0"
REFUSALS: Mapping[int, str] = {
    400: "Malformed",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found, or not visible to you",
    409: "In conflict with what others did",
    410: "Closed or expired",
    413: "Too large",
    422: "Not valid",
    428: "The version is missing",
    429: "Too many requests; see Retry-After",
}
LANGUAGE = Parameter("Accept-Language", "zh-Hans or en", place="header")
VIEW_AS = Parameter(
    "X-View-As",
    "Id of a person: see the application as he does. Administrators only, GET only",
    {"type": "integer"},
    place="header",
)
ONCE = Parameter(
    "Idempotency-Key",
    "A text of your own: the same request with the same key is done once and answered again",
    place="header",
)
KNOWN = Parameter("If-None-Match", "The ETag of an answer that you have", place="header")


def operations() -> dict[tuple[str, str], Operation]:
    """What each installed part says about its addresses."""
    found = dict(OPERATIONS)
    for part in apps.get_app_configs():
        name = f"{part.name}.openapi"
        if part.name != "apps_runtime" and find_spec(name) is not None:
            found.update(import_module(name).OPERATIONS)
    return found


@cache
def document() -> dict[str, Any]:
    """The document; the same for everybody until the program changes."""
    said = operations()
    known = {each.path: each for each in addresses()}
    paths: dict[str, dict[str, Any]] = {}
    for (method, path), operation in said.items():
        address = known.get(path)
        paths.setdefault(path, {})[method.lower()] = described(method, path, operation, address)
    return frame("Mortise", "The fixed addresses of an installation.", paths, SHAPES)


def frame(
    title: str, description: str, paths: Mapping[str, Any], schemas: Mapping[str, Any]
) -> dict[str, Any]:
    """A document around ``paths`` and ``schemas``."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": VERSION, "description": description},
        "servers": [{"url": "/"}],
        "security": [{"session": []}, {"token": []}],
        "paths": dict(paths),
        "components": {
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "sessionid",
                    "description": "Changes also need the header X-CSRFToken.",
                },
                "token": {"type": "http", "scheme": "bearer"},
            },
            "responses": {
                str(status): {
                    "description": words,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Problems"}}
                    },
                }
                for status, words in REFUSALS.items()
            },
            "schemas": dict(schemas),
        },
    }


def described(
    method: str, path: str, operation: Operation, address: Address | None
) -> dict[str, Any]:
    """One operation object."""
    parts = address.parts if address is not None else _parts(path)
    refusals = {*operation.problems}
    if not operation.public:
        refusals.add(401)
    if operation.body is not None or operation.form is not None or operation.parameters:
        refusals.add(400)
    headers = [LANGUAGE]
    if method == "GET" and path.startswith("/api/apps/{app}"):
        headers.append(VIEW_AS)
    if operation.once:
        headers.append(ONCE)
    if operation.tagged:
        headers.append(KNOWN)
    found: dict[str, Any] = {
        "operationId": _identity(method, path),
        "summary": operation.summary,
        "tags": [_area(path)],
        "parameters": [
            *(
                {"name": name, "in": "path", "required": True, "schema": schema}
                for name, schema in parts.items()
            ),
            *(_parameter(each) for each in (*operation.parameters, *headers)),
        ],
        "responses": {
            str(operation.status): _answer(operation),
            **({"202": _QUEUED} if operation.queued else {}),
            **({"304": _UNCHANGED} if operation.tagged else {}),
            **{
                str(status): {"$ref": f"#/components/responses/{status}"}
                for status in sorted(refusals)
            },
        },
    }
    content: dict[str, Any] = {}
    if operation.body is not None:
        content["application/json"] = {"schema": operation.body}
    if operation.form is not None:
        content["multipart/form-data"] = {"schema": operation.form}
    if content:
        required = operation.form is not None or _demands(operation.body)
        found["requestBody"] = {"required": required, "content": content}
    if operation.public:
        found["security"] = [{}]
    return found


_UNCHANGED = {"description": "The answer with this ETag is still right"}
_QUEUED = {
    "description": "Long work has begun",
    "content": {"application/json": {"schema": ref("Queued")}},
}


def _answer(operation: Operation) -> dict[str, Any]:
    if operation.answer is None:
        return {"description": "Done; no content"}
    return {
        "description": "Done",
        "content": {media: {"schema": operation.answer} for media in operation.media},
    }


def _parameter(each: Parameter) -> dict[str, Any]:
    return {
        "name": each.name,
        "in": each.place,
        "description": each.description,
        "required": each.required,
        "schema": each.schema or TEXT,
    }


def _demands(body: Schema | None) -> bool:
    return bool(body and (body.get("required") or "$ref" in body))


def _parts(path: str) -> dict[str, dict[str, Any]]:
    names: Iterable[str] = (each[1:-1] for each in path.split("/") if each.startswith("{"))
    return {name: {"type": "string"} for name in names}


def _identity(method: str, path: str) -> str:
    words = [each.strip("{}").removesuffix(".json") for each in path.split("/") if each]
    return "_".join([method.lower(), *words])


def _area(path: str) -> str:
    words = [each for each in path.split("/") if each and not each.startswith("{")]
    if words[:2] == ["api", "apps"]:
        return words[2] if len(words) > 2 else "applications"
    return words[1] if words[0] == "api" else "others"
