"""Publishes drafts: a check, then the same installation that everything else goes through."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from apps_runtime import public_links, releases
from apps_runtime.models import Release
from apps_runtime.refusals import conflict
from builder import check, drafts, released
from builder.models import Draft, DraftChange
from engines.application import compile_application
from engines.problems import Problem, Problems, has_errors


@dataclass(frozen=True, slots=True)
class Published:
    """The new release and the warnings it was published with."""

    release: Release
    warnings: tuple[Problem, ...]


def publish(
    app: str,
    *,
    person: int,
    note: str = "",
    base: int | None = None,
    accept_loss: bool | None = None,
) -> Published:
    """Make the draft the next release.

    ``base`` is the release that the designer saw; without it, the one the draft began from.
    What goes out of sight is put away, not dropped, so it is a warning; with ``accept_loss`` False
    (somebody who wants to be asked) it is refused. A field that would stand there empty, because
    its new type takes none of its values, is refused unless ``accept_loss`` is True.
    Raises Refused 409 where another release came first or nothing differs, Problems (422) where
    the draft is not valid.
    """
    draft = drafts.draft_of(app)
    begun = timezone.now()
    expected = draft.base if base is None else base
    found = drafts.bodies(app)
    now = released.in_force(app)
    if now.number != expected:
        raise releases.changed(app, expected)
    if (
        now.number
        and all(
            now.digests.get(place) == digest for place, digest in released.digests(found).items()
        )
        and len(now.digests) == len(found)
    ):
        raise conflict("nothing_to_publish", release=now.number)
    problems = check.problems_of(app, found)
    if has_errors(problems):
        raise Problems(problems)
    plan = compile_application(app, found)
    steps = check.steps_of(app, plan)
    refused = {None: check.emptied_fields(plan, steps), False: check.losses(steps), True: ()}
    if refused[accept_loss]:
        raise Problems(replace(each, severity="error") for each in refused[accept_loss])
    warnings = (*problems, *check.data_warnings(app, plan, steps))
    release = releases.install(found, app_key=app, person=person, note=note, base=expected)
    _settle(app, release.number, begun)
    public_links.open_published(app, person=person)
    return Published(release, warnings)


def restore(app: str, number: int, *, person: int, note: str = "") -> Release:
    """Release n+1 with the content of ``number``; the draft stays as it is."""
    drafts.draft_of(app)
    content = released.release(app, number)
    if content.digests == released.in_force(app).digests:
        raise conflict("nothing_to_publish", release=released.in_force(app).number)
    release = releases.restore(app, number, person=person, note=note)
    # The draft now stands beside the new release: its author publishes over it knowingly.
    Draft.objects.filter(app=app, base__lt=release.number).update(base=release.number)
    return release


def _settle(app: str, number: int, begun: object) -> None:
    """The draft's base is the new release; what was noted before it is published."""
    with transaction.atomic():
        Draft.objects.filter(app=app, base__lt=number).update(base=number)
        DraftChange.objects.filter(draft_id=app, at__lte=begun).delete()
