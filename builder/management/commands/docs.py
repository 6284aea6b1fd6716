"""Writes docs/reference from the registries: `make docs`."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from builder.reference import pages


class Command(BaseCommand):
    """`--check` writes nothing and fails when a page is not what the registries say."""

    help = "Write docs/reference from the registries."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE) / "docs" / "reference"
        stale = [
            (path, text)
            for name, text in pages().items()
            if not (path := folder / name).exists() or path.read_text() != text
        ]
        if options["check"] and stale:
            names = ", ".join(str(path.relative_to(folder)) for path, _ in stale)
            raise CommandError(f"make docs has not been run: {names}")
        for path, text in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            self.stdout.write(f"wrote {path.relative_to(settings.BASE)}")
