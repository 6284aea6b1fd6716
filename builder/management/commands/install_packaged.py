"""Installs a packaged application with its sample company."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps_runtime import sample, texts
from apps_runtime.models import Application, Person
from builder import applications, publish, templates
from builder.models import Draft
from engines.problems import Problems


class Command(BaseCommand):
    """Goes the ways that people go: a draft from a folder, publishing, an import."""

    help = "Installs a packaged application; does nothing where it is installed already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder below templates/applications."""
        parser.add_argument("application", help=", ".join(templates.names()))
        parser.add_argument("--without-sample", action="store_true", help="no sample company")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step is left out where it has been done, so that a killed run can be repeated."""
        key = options["application"]
        person = (
            Person.objects.filter(active=True, system_roles__contains=["platform_administrator"])
            .order_by("id")
            .first()
        )
        if person is None:
            raise CommandError("Run ensure_admin first: somebody must administer the application.")
        try:
            self._install(key, person.id, with_sample=not options["without_sample"])
        except Problems as error:
            lines = [f"{each.path}: {texts.message(each, 'en')}" for each in error.problems]
            raise CommandError(f"{key} cannot be installed:\n" + "\n".join(lines)) from error

    def _install(self, key: str, person: int, *, with_sample: bool) -> None:
        found = Application.objects.filter(key=key).first()
        if found is not None and found.archived:
            return
        if found is None:
            applications.begin(key, templates.definitions(key), person=person)
        if found is None or found.release_id is None:
            if not Draft.objects.filter(app=key).exists():
                applications.adopt(key)
            release = publish.publish(key, person=person).release
            self.stdout.write(f"{key}: release {release.number} installed")
        if with_sample:
            made = sample.load(key, templates.folder(key) / "sample", person=person)
            if made:
                self.stdout.write(f"{key}: {made} sample records")
