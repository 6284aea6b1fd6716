"""Definitions and applications for the builder's tests."""

from typing import Any

from django.test import Client

JSON = "application/json"
ROOT = "/api/builder/applications"


def form(key: str = "deal", **more: Any) -> dict[str, Any]:
    """A small form."""
    return {
        "kind": "form",
        "key": key,
        "format": 1,
        "label": key.title(),
        "fields": {
            "name": {"type": "text", "label": "名称", "required": True},
            "amount": {"type": "money", "label": "金额"},
        },
        **more,
    }


def role(key: str = "sales", form: str = "deal", **more: Any) -> dict[str, Any]:
    """A role that sees one form."""
    grants = [{"form": form, "see": True, "create": True}]
    return {"kind": "role", "key": key, "format": 1, "label": key, "grants": grants, **more}


def application(client: Client, label: str = "销售管理", **more: Any) -> str:
    """A new application; its key."""
    answer = client.post(ROOT, {"label": label, **more}, content_type=JSON)
    assert answer.status_code == 201, answer.content
    key: str = answer.json()["key"]
    return key


def put(client: Client, app: str, body: dict[str, Any], etag: str | None = None) -> Any:
    """Save a definition of the draft."""
    headers = {} if etag is None else {"If-Match": f'"{etag}"'}
    path = f"{ROOT}/{app}/definitions/{body['kind']}/{body['key']}"
    return client.put(path, body, content_type=JSON, headers=headers)


def saved(client: Client, app: str, body: dict[str, Any], etag: str | None = None) -> str:
    """Save a definition that must be valid; its ETag."""
    answer = put(client, app, body, etag)
    assert answer.status_code in (200, 201), answer.content
    assert answer.json()["problems"] == [], answer.content
    found: str = answer.json()["etag"]
    return found


def publish(client: Client, app: str, **body: Any) -> Any:
    """Publish the draft."""
    return client.post(f"{ROOT}/{app}/publish", body, content_type=JSON)
