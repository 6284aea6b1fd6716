"""Makes the first platform administrator where there is none."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from apps_runtime import people
from apps_runtime.models import Person

USERNAME = "admin"


class Command(BaseCommand):
    """Prints `{"username", "password", "created"}`; the password only where one was generated or
    taken from `MORTISE_ADMIN_PASSWORD` for a new account."""

    help = "Makes the first platform administrator; prints one JSON object."

    def handle(self, *args: Any, **options: Any) -> None:
        """Repeating it changes nothing: an administrator's password is never set anew."""
        with transaction.atomic():
            # Of two processes that start at once, the second sees what the first made.
            people.bump_stamp()
            found = (
                Person.objects.filter(
                    active=True, system_roles__contains=["platform_administrator"]
                )
                .order_by("id")
                .first()
            )
            password = None
            if found is None:
                password = settings.ADMIN_PASSWORD or secrets.token_urlsafe(9)
                found = _administrator(password)
        answer = {
            "username": found.username,
            "password": password,
            "created": password is not None,
        }
        self.stdout.write(json.dumps(answer))


def _administrator(password: str) -> Person:
    person = Person.objects.filter(username=USERNAME).first()
    if person is None:
        return Person.objects.create_user(
            USERNAME, password, name="管理员", system_roles=["platform_administrator"]
        )
    # Somebody took the last administrator's rights away in the database: give them back.
    person.set_password(password)
    person.active = True
    person.system_roles = ["platform_administrator", *person.system_roles]
    person.save()
    return person
