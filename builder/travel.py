"""Applications as zip files: one JSON file per definition, the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction

from apps_runtime.caller import ADMINISTRATOR
from apps_runtime.models import Application
from builder import applications, drafts, released
from builder.released import Bodies, Place
from engines.definitions.compare import Change, compare
from engines.definitions.keys import key_problems
from engines.definitions.layout import readable
from engines.definitions.read import read
from engines.definitions.schemas import KINDS
from engines.problems import Problem, Problems, has_errors, problem, refuse, warning
from engines.values import read_json

MAX_FILES = 2_000
MAX_FILE = 2 * 1024 * 1024  # bytes, unpacked
MAX_TOTAL = 20 * 1024 * 1024
MAX_RATIO = 200  # beyond it a file is made to burst, not to be read
# The oldest moment that a zip can hold: the same content always gives the same bytes.
MOMENT = (1980, 1, 1, 0, 0, 0)
NAME = re.compile(r"(?:([a-z]+)s/)?([a-z0-9_]{1,60})\.json")
IGNORED = re.compile(r"(?:__MACOSX/.*|(?:.*/)?\.DS_Store|sample/.*|[^/]*\.(?:md|txt))")


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a file holds: definitions, and what is worth saying about it."""

    app: str
    bodies: Bodies
    warnings: tuple[Problem, ...]


def packed(found: Bodies) -> bytes:
    """The definitions as a zip, sorted by name; unpacking and packing again gives the same."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in sorted((_file_name(place), body) for place, body in found.items()):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, readable(body), compresslevel=6)
    return buffer.getvalue()


def _file_name(place: Place) -> str:
    kind, key = place
    return "application.json" if kind == "application" else f"{kind}s/{key}.json"


def unpacked(stream: IO[bytes]) -> Arrived:
    """The definitions in a zip; raises Problems with one path per file that is not right.

    Nothing is written to disk. Sizes are those that were really unpacked, never those that the
    file claims.
    """
    try:
        with zipfile.ZipFile(stream) as file:
            texts, warnings = _texts(file)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError):
        raise refuse("", "not_a_zip") from None
    found: dict[Place, Any] = {}
    problems: list[Problem] = []
    for name, content in texts.items():
        match = NAME.fullmatch(name)
        kind = (match[1] or "application") if match else ""
        if match is None or kind not in KINDS or (kind == "application") != (match[1] is None):
            problems.append(problem(f"/{name}", "file_not_expected", kinds=", ".join(KINDS)))
            continue
        try:
            each = read(read_json(content), kind=kind)
        except Problems as error:
            problems += error.under(f"/{name}").problems
            continue
        if kind != "application" and each.key != match[2]:
            problems.append(problem(f"/{name}/key", "file_named_otherwise", key=each.key))
        elif (kind, each.key) in found:
            problems.append(problem(f"/{name}", "file_twice"))
        else:
            found[kind, each.key] = each.body
    apps = [key for kind, key in found if kind == "application"]
    if not apps and not any("application" in each.path for each in problems):
        problems.append(problem("/application.json", "file_missing"))
    if problems:
        raise Problems(problems)
    return Arrived(apps[0], drafts.in_order(found), tuple(warnings))


def _texts(file: zipfile.ZipFile) -> tuple[dict[str, bytes], list[Problem]]:
    entries = [entry for entry in file.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise refuse("", "zip_too_many_files", limit=MAX_FILES)
    names = [entry.filename for entry in entries]
    prefix = _prefix(names)
    problems: list[Problem] = []
    warnings: list[Problem] = []
    found: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        name = entry.filename
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
            problems.append(problem("", "zip_path", name=name[:100]))
            continue
        short = name.removeprefix(prefix)
        if IGNORED.fullmatch(short) or IGNORED.fullmatch(name):
            warnings.append(warning(f"/{short}", "file_ignored"))
            continue
        if short in found:
            problems.append(problem(f"/{short}", "file_twice"))
            continue
        with file.open(entry) as content:
            read_ = content.read(MAX_FILE + 1)
        total += len(read_)
        burst = len(read_) > 100_000 and len(read_) > MAX_RATIO * max(entry.compress_size, 1)
        if len(read_) > MAX_FILE or total > MAX_TOTAL or burst:
            raise refuse(f"/{short}", "zip_too_large", limit=MAX_TOTAL)
        found[short] = read_
    if problems:
        raise Problems(problems)
    return found, warnings


def _prefix(names: Sequence[str]) -> str:
    """The folder that everything lies in, when somebody packed the folder and not its content."""
    places = [name for name in names if name.endswith("application.json")]
    if len(places) == 1 and places[0].count("/") == 1:
        return places[0].removesuffix("application.json")
    return ""


def renamed(arrived: Arrived, app: str) -> Arrived:
    """The same as the application ``app``: definitions never name their own application."""
    if wrong := key_problems(app):
        raise Problems(each.under("/app") for each in wrong)
    own = ("application", arrived.app)
    found = {place: body for place, body in arrived.bodies.items() if place != own}
    application = {**arrived.bodies[own], "key": app}
    return Arrived(
        app, drafts.in_order({("application", app): application, **found}), arrived.warnings
    )


def differences(arrived: Arrived) -> tuple[Change, ...]:
    """What taking the file over would change in the draft there is."""
    return compare(drafts.bodies(arrived.app), arrived.bodies)


def exists(app: str) -> bool:
    """Whether an application of this key is there, also an archived one."""
    return Application.objects.filter(key=app).exists()


def is_archived(app: str) -> bool:
    """Whether the application was thrown away after it had been published."""
    return Application.objects.filter(key=app, archived=True).exists()


@transaction.atomic
def take_over(arrived: Arrived, *, person: int | None) -> None:
    """Make the draft equal to the file; a new application begins with it, an archived one comes
    back. Nothing is published."""
    if has_errors(arrived.warnings):
        raise Problems(arrived.warnings)
    if not exists(arrived.app):
        found = dict(arrived.bodies)
        found.setdefault(("role", ADMINISTRATOR), applications.ADMINISTRATOR_ROLE)
        applications.begin(arrived.app, found, person=person)
        return
    applications.revive(arrived.app)
    applications.adopt(arrived.app)
    drafts.replace_all(arrived.app, arrived.bodies, person=person)


def export(app: str, which: str | None) -> bytes:
    """The draft, or one release, as a zip."""
    found = drafts.bodies(app) if which is None else released.release(app, int(which)).bodies
    return packed(found)
