"""The page of commands: the targets of make, and the product's own management commands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands, load_command_class

from builder.reference.pages import GENERATED, table

TARGET = re.compile(r"^([a-z-]+):.*## (.+)$", re.MULTILINE)
OWN = ("apps_runtime", "builder")
FIRST = """`make` alone lists the targets. `ARGS` passes arguments on:
`make test ARGS="tests/docs -x"`.
"""
MANAGEMENT = """`make manage ARGS="<command>"` runs a command against the installation that
`make run` started; in a container it is `python manage.py <command>`. Django's own commands
(`migrate`, `shell`, …) work too.
"""


def commands() -> str:
    """Every target and every management command with its one sentence."""
    return "\n".join(
        [
            f"{GENERATED}\n\n# Commands\n\n## make\n\n{FIRST}",
            table(
                ("target", "what it does"), ((f"`make {name}`", said) for name, said in targets())
            ),
            f"## Management commands\n\n{MANAGEMENT}",
            table(("command", "what it does"), ((f"`{name}`", said) for name, said in own())),
        ]
    )


def targets() -> list[tuple[str, str]]:
    """The targets of the Makefile that say what they do, in its order."""
    return TARGET.findall((Path(settings.BASE) / "Makefile").read_text(encoding="utf-8"))


def own() -> Iterable[tuple[str, str]]:
    """The product's own commands with their help."""
    for name, app in sorted(get_commands().items()):
        if app in OWN:
            said = load_command_class(str(app), name).help
            yield name, f"{said[0].upper()}{said[1:]}".rstrip(".")
