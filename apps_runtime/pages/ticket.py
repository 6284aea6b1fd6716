"""The ticket inside a public form's page: when it was opened, and its key against doubles."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core import signing
from django.utils import timezone

SALT = "apps_runtime.pages.ticket"
QUICKEST = 2  # seconds; nobody reads and fills in a form faster
OLDEST = 24 * 3600


@dataclass(frozen=True, slots=True)
class Ticket:
    """``age`` in seconds since the page was opened."""

    key: str
    age: float


def new_ticket(token: str) -> str:
    """A signed ticket for one opening of the page."""
    content = [token, secrets.token_urlsafe(12), timezone.now().timestamp()]
    return signing.dumps(content, salt=SALT)


def ticket_of(token: str, text: str) -> Ticket | None:
    """The ticket, or None where it is not ours, for another form, or too old."""
    try:
        of, key, opened = signing.loads(text, salt=SALT, max_age=OLDEST)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if of != token:
        return None
    return Ticket(str(key), timezone.now().timestamp() - float(opened))
