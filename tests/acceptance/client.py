"""A client of the documented interface: cookies and CSRF as a browser has them, or a token."""

from __future__ import annotations

import http.client
import json
import urllib.parse
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any

Json = Any
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def json(self) -> Json:
        """The body; numbers stay exact."""
        return json.loads(self.content)

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def codes(self) -> list[str]:
        """The codes of the problems in it."""
        return [each["code"] for each in self.json["problems"]]

    @property
    def paths(self) -> list[str]:
        """Where the problems are."""
        return [each["path"] for each in self.json["problems"]]


@dataclass(slots=True)
class Client:
    """One person at one installation."""

    port: int
    token: str = ""
    language: str = "en"
    cookies: dict[str, str] = field(default_factory=dict)
    source: str = "127.0.0.1"
    csrf: bool = True

    def raw(
        self, method: str, path: str, content: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        """Send bytes as they are."""
        connection = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=90, source_address=(self.source, 0)
        )
        try:
            connection.request(method, path, content, dict(headers))
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";", 1)[0]
                key, _, stored = pair.partition("=")
                self.cookies[key] = stored.strip('"')
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, body)

    def call(
        self,
        method: str,
        path: str,
        body: Json = None,
        *,
        query: Mapping[str, Json] | None = None,
        content: bytes | None = None,
        kind: str = "application/json",
        **headers: str,
    ) -> Answer:
        """One request; header names are written with underscores."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        sent = {"Accept": "application/json", "Accept-Language": self.language}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
            if self.csrf and "csrftoken" in self.cookies:
                sent["X-CSRFToken"] = self.cookies["csrftoken"]
        data = content
        if body is not None:
            data = json.dumps(body, ensure_ascii=False).encode()
        if data is not None:
            sent["Content-Type"] = kind
        sent |= {key.replace("_", "-"): value for key, value in headers.items()}
        return self.raw(method, path, data, sent)

    def get(self, path: str, **query: Json) -> Json:
        """The JSON of a good answer."""
        answer = self.call("GET", path, query=query)
        assert answer.status == 200, f"GET {path} {query}: {answer.status} {answer.content!r:.2000}"
        return answer.json

    def post(self, path: str, body: Json = None, **headers: str) -> Json:
        """The JSON of a good answer."""
        answer = self.call("POST", path, {} if body is None else body, **headers)
        assert answer.status in (200, 201, 202, 204), (
            f"POST {path}: {answer.status} {answer.content!r:.2000}"
        )
        return answer.json if answer.content else None

    def put(self, path: str, body: Json, **headers: str) -> Json:
        """The JSON of a good answer."""
        answer = self.call("PUT", path, body, **headers)
        assert answer.status in (200, 201), f"PUT {path}: {answer.status} {answer.content!r:.2000}"
        return answer.json

    def patch(self, path: str, body: Json) -> Json:
        """The JSON of a good answer."""
        answer = self.call("PATCH", path, body)
        assert answer.status == 200, f"PATCH {path}: {answer.status} {answer.content!r:.2000}"
        return answer.json

    def upload(
        self,
        path: str,
        fields: Mapping[str, str],
        *,
        name: str = "file.csv",
        file: bytes | None = None,
        type: str = "text/csv",
    ) -> Answer:
        """A multipart form with at most one file."""
        boundary = uuid.uuid4().hex
        parts = [
            (
                f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            ).encode()
            for key, value in fields.items()
        ]
        if file is not None:
            head = (
                f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"'
                f"\r\nContent-Type: {type}\r\n\r\n"
            )
            parts.append(head.encode() + file + b"\r\n")
        content = b"".join(parts) + f"--{boundary}--\r\n".encode()
        return self.call(
            "POST", path, content=content, kind=f"multipart/form-data; boundary={boundary}"
        )

    def sign_in(self, username: str, password: str) -> Answer:
        return self.call("POST", "/api/session", {"username": username, "password": password})


def until(found: Callable[[], Json], what: str, seconds: float = PATIENCE) -> Json:
    """Ask until there is an answer; another process is working on it."""
    end = monotonic() + seconds
    while True:
        answer = found()
        if answer:
            return answer
        if monotonic() > end:
            raise AssertionError(f"waited {seconds} s for {what}")
        sleep(0.05)


def finished(client: Client, answer: Answer) -> Json:
    """The work that an answer 202 names, when it has ended."""
    assert answer.status == 202, answer.content
    work = answer.json["work"]

    def done() -> Json:
        found = client.get(f"/api/work/{work}")
        return found if found["state"] in ("done", "failed", "cancelled") else None

    found = until(done, "the work")
    assert {"state", "done", "total", "created", "updated", "problems", "error_file"} <= set(found)
    return found
