"""The base of the commands that write generated files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from builder.reference.files import Files, stale, write


class Written(BaseCommand):
    """`--check` writes nothing and fails when a file is not what the registries say."""

    requires_system_checks = ()
    target: ClassVar[str]
    files: ClassVar[Callable[[], Files]]

    def add_arguments(self, parser: CommandParser) -> None:
        """Only `--check`."""
        parser.add_argument("--check", action="store_true", help="only say what is not current")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what is stale, one line for each file."""
        files = type(self).files()
        if not options["check"]:
            for name in write(files):
                self.stdout.write(f"wrote {name}")
        elif found := stale(files):
            raise CommandError(f"make {self.target} has not been run: {', '.join(found)}")
