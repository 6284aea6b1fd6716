"""Passwords: which are accepted, and temporary ones."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from apps_runtime.models import Person
from engines.problems import Problem, problem

MAX_LENGTH = 256
# Without characters that look alike in print or on a phone.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def problems_of(password: object, person: Person, path: str = "/password") -> tuple[Problem, ...]:
    """Why ``person`` may not have this password; empty if he may."""
    if not isinstance(password, str):
        return (problem(path, "text_expected"),)
    if len(password) > MAX_LENGTH:
        return (problem(path, "password_too_long", limit=MAX_LENGTH),)
    try:
        validate_password(password, person)
    except ValidationError as error:
        return tuple(
            problem(path, each.code or "password_refused", **_plain(each.params or {}))
            for each in error.error_list
        )
    return ()


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    """Django's parameters are partly lazy translations, which JSON cannot hold."""
    return {key: each if isinstance(each, int) else str(each) for key, each in params.items()}


def temporary_password() -> str:
    """A random password that a person can read out: four groups of four letters and digits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
