"""What follows a flip: indexes, validation and copies in batches, recorded and resumable."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.db import DatabaseError

from apps_runtime.models import FollowUp, Release
from apps_runtime.store import ddl
from engines.forms.operation import Operation

logger = logging.getLogger(__name__)

ATTEMPTS = 5


def record(release: Release, operations: Iterable[Operation]) -> None:
    """Note the steps of ``operations``, in order, in the transaction of the flip."""
    FollowUp.objects.bulk_create(
        FollowUp(release=release, position=position, operation=name, sql=sql, repeat=repeat)
        for position, (name, sql, repeat) in enumerate(_steps(operations))
    )


def _steps(operations: Iterable[Operation]) -> Iterable[tuple[str, str, bool]]:
    for operation in operations:
        for statement in operation.follow_up():
            yield type(operation).__name__, ddl.literal(statement), ddl.is_batched(statement)


def follow_up(release: Release) -> bool:
    """Run the open steps of a release in order; True when none is left.

    One process at a time: a session lock keeps others out, a killed one loses it. A step that
    fails stays open, with its error, and those after it wait for the next sweep.
    """
    if not FollowUp.objects.filter(release=release).exclude(state="done").exists():
        return True
    with ddl.alone(f"mortise.follow_up.{release.pk}") as mine:
        if not mine:
            return False
        for step in (
            FollowUp.objects.filter(release=release).exclude(state="done").order_by("position")
        ):
            step.attempts += 1
            try:
                ddl.run_step(step.sql, repeat=step.repeat)
            except DatabaseError as error:
                logger.warning("follow-up %s of %s: %s", step.position, release, error)
                step.error = str(error)[:2000]
                step.state = "failed" if step.attempts >= ATTEMPTS else "pending"
                step.save(update_fields=["attempts", "error", "state"])
                return False
            step.state, step.error = "done", ""
            step.save(update_fields=["attempts", "error", "state"])
    return True


def resume_follow_ups() -> int:
    """For the clock: run what a stopped process left behind; how many releases are done now."""
    waiting = Release.objects.filter(follow_ups__state="pending").distinct().order_by("pk")
    return sum(follow_up(release) for release in waiting)


def open_follow_ups(app: str) -> list[dict[str, object]]:
    """The steps of an application that are not done, for operators."""
    steps = FollowUp.objects.filter(release__app=app).exclude(state="done")
    found = steps.order_by("release__number", "position").values(
        "release__number", "position", "operation", "state", "attempts", "error"
    )
    return [dict(step) for step in found]
