"""Keeps uploaded and made files under random names; their own names are only shown."""

from __future__ import annotations

import mimetypes
import uuid
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from apps_runtime.models import StoredFile
from apps_runtime.refusals import Refused, malformed, not_found
from engines.problems import problem, refuse

MAX_NAME = 200


def shown_name(name: str) -> str:
    """The last part of a client's file name, without control and direction characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(each for each in last if each.isprintable() and each not in '"<>|:*?').strip(
        ". "
    )
    return clean[-MAX_NAME:] or "file"


def keep(
    upload: UploadedFile[bytes], *, app: str, person: int | None, limit: int | None = None
) -> StoredFile:
    """Store an uploaded file; refuses empty ones and those over the limit."""
    limit = limit or settings.UPLOAD_LIMIT
    if (upload.size or 0) > limit:
        raise Refused(413, (problem("/file", "too_large", limit=limit),))
    if not upload.size:
        raise refuse("/file", "file_empty")
    return keep_content(upload.chunks(), name=upload.name or "file", app=app, person=person)


def keep_content(chunks: Iterable[bytes], *, name: str, app: str, person: int | None) -> StoredFile:
    """Store content that the product made, or that ``keep`` has let in."""
    identity = uuid.uuid4()
    place = Path(identity.hex[:2]) / identity.hex
    path = Path(settings.MEDIA_ROOT) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    try:
        with path.open("xb") as target:
            for chunk in chunks:
                target.write(chunk)
                size += len(chunk)
        clean = shown_name(name)
        return StoredFile.objects.create(
            id=identity,
            app=app,
            name=clean,
            size=size,
            type=mimetypes.guess_type(clean)[0] or "application/octet-stream",
            path=str(place),
            person_id=person,
        )
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def path_of(file: StoredFile) -> Path:
    """Where the content lies."""
    return Path(settings.MEDIA_ROOT) / file.path


def opened(file: StoredFile) -> BufferedReader:
    """The content; 404 where it is gone from the disk."""
    try:
        return path_of(file).open("rb")
    except FileNotFoundError:
        raise not_found() from None


def find(app: str, identity: object) -> StoredFile:
    """The file with this id in this application; 404 where there is none."""
    try:
        wanted = uuid.UUID(str(identity))
    except ValueError:
        raise not_found() from None
    found = StoredFile.objects.filter(app=app, id=wanted).first()
    if found is None:
        raise not_found()
    return found


def listed(
    app: str, person: int, *, limit: int, after: str | None
) -> tuple[list[StoredFile], str | None]:
    """What the person has put into the application, newest first, and the id to go on from."""
    found = StoredFile.objects.filter(app=app, person_id=person)
    if after is not None:
        try:
            last = found.get(pk=uuid.UUID(after))
        except (ValueError, StoredFile.DoesNotExist):
            raise malformed("cursor_not_valid", "/after") from None
        found = found.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    page = list(found.order_by("-at", "-pk")[: limit + 1])
    return page[:limit], str(page[limit - 1].pk) if len(page) > limit else None


def as_json(file: StoredFile) -> dict[str, object]:
    """A file as clients see it."""
    return {"id": str(file.pk), "name": file.name, "size": file.size, "type": file.type}
