"""A client as integrators write one: a token, idempotency keys, retries until an answer comes."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any

PATIENCE = 120


class NoAnswer(Exception):
    """The server did not answer within the client's patience."""


@dataclass(frozen=True, slots=True)
class Client:
    """Calls one installation as one person."""

    url: str
    token: str = ""

    def call(
        self, method: str, path: str, body: Any = None, *, key: str | None = None
    ) -> tuple[int, Any]:
        """One answer: status and JSON; connection errors, 502 to 504 and 429 are tried again."""
        headers = {"Content-Type": "application/json", "Accept-Language": "en"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if key is not None:
            headers["Idempotency-Key"] = key
        data = None if body is None else json.dumps(body).encode()
        until = time.monotonic() + PATIENCE
        pause = 0.05
        while time.monotonic() < until:
            request = urllib.request.Request(  # noqa: S310 - an address on this machine
                self.url + path, data=data, method=method, headers=headers
            )
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
                    return answer.status, _json(answer.read())
            except urllib.error.HTTPError as error:
                if error.code < 500 and error.code != 429:
                    return error.code, _json(error.read())
            except (OSError, HTTPException):
                pass  # killed before or in the middle of its answer
            time.sleep(pause)
            pause = min(pause * 2, 1)
        raise NoAnswer(f"{method} {path}")

    def ok(self, method: str, path: str, body: Any = None, *, key: str | None = None) -> Any:
        """The JSON of an answer that must be a good one."""
        status, found = self.call(method, path, body, key=key)
        if status >= 300:
            raise AssertionError(f"{method} {path}: {status} {found}")
        return found


def _json(content: bytes) -> Any:
    try:
        return json.loads(content) if content else None
    except ValueError:
        return None


def signed_in(url: str, username: str, password: str) -> Client:
    """A client with a token of its own, made the way a person makes one."""
    from http.cookiejar import CookieJar

    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))

    def post(path: str, body: Any, csrf: str = "") -> Any:
        headers = {"Content-Type": "application/json", "X-CSRFToken": csrf, "Referer": url}
        request = urllib.request.Request(  # noqa: S310 - an address on this machine
            url + path, data=json.dumps(body).encode(), headers=headers
        )
        return json.loads(opener.open(request, timeout=30).read())

    session = post("/api/session", {"username": username, "password": password})
    made = post("/api/tokens", {"name": "drill"}, session["csrf"])
    return Client(url, str(made["token"]))
