"""Tokens with which programs act for a person: made, found, revoked; only hashes are stored."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps_runtime.models import Application, Token
from engines.problems import Problem, Problems, problem
from engines.values import storable

PREFIX = "mt_"
SHOWN = len(PREFIX) + 6
SCOPES = ("*", "read", "write")
MAX_TOKENS = 100
USED_EVERY = timedelta(minutes=1)
FIELDS = frozenset({"name", "scopes", "app", "expires_at"})


def create_token(person_id: int, body: Mapping[str, Any]) -> tuple[Token, str]:
    """A new token and its secret text, which cannot be shown again; raises Problems."""
    problems = [problem(f"/{key}", "no_such_property") for key in body if key not in FIELDS]
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        problems.append(problem("/name", "value_required"))
    elif len(name) > 100 or not storable(name):
        problems.append(problem("/name", "too_many_characters", limit=100))
    scopes = body.get("scopes", ["*"])
    if not isinstance(scopes, list) or not scopes or any(each not in SCOPES for each in scopes):
        problems.append(problem("/scopes", "no_such_scope", scopes=", ".join(SCOPES)))
    app = body.get("app")
    if app is not None and not (isinstance(app, str) and len(app) <= 40 and storable(app)):
        problems.append(problem("/app", "text_expected"))
    elif app is not None and not Application.objects.filter(key=app, archived=False).exists():
        problems.append(problem("/app", "application_unknown", application=app))
    expires = _moment(body.get("expires_at"), problems)
    if Token.objects.filter(person_id=person_id).count() >= MAX_TOKENS:
        problems.append(problem("", "too_many_tokens", limit=MAX_TOKENS))
    if problems:
        raise Problems(problems)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        person_id=person_id,
        name=str(name).strip(),
        prefix=secret[:SHOWN],
        hash=hashed(secret),
        scopes=list(dict.fromkeys(scopes)),
        app=app,
        expires_at=expires,
    )
    return token, secret


def token_of(secret: str) -> Token | None:
    """The valid token with this secret; notes, at most once a minute, that it was used."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    now = timezone.now()
    in_time = Q(expires_at=None) | Q(expires_at__gt=now)
    token = Token.objects.filter(in_time, hash=hashed(secret)).first()
    if token is not None and (token.last_used_at is None or token.last_used_at < now - USED_EVERY):
        Token.objects.filter(id=token.id).update(last_used_at=now)
    return token


def hashed(secret: str) -> str:
    """A plain SHA-256: the secret is 256 random bits, so nothing slower is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _moment(value: object, problems: list[Problem]) -> datetime | None:
    if value is None:
        return None
    moment: datetime | None = None
    if isinstance(value, str):
        try:
            moment = parse_datetime(value)
        except ValueError:
            moment = None
    if moment is None or timezone.is_naive(moment):
        problems.append(problem("/expires_at", "moment_expected"))
        return None
    if moment <= timezone.now():
        problems.append(problem("/expires_at", "moment_is_past"))
    return moment
