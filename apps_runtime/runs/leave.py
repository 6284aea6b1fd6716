"""Hands over what somebody has been asked to do, when he leaves."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from django.db import OperationalError, connection, transaction

from apps_runtime.runs.progress import advance_all, lock_all
from engines.flows.event import Event

AT_ONCE = 100
# An answer that is awaited is an open assignment; one whose turn comes later stands in the state.
ASKED = """
SELECT DISTINCT a.run_id FROM mortise_assignment a
WHERE a.person_id = %(person)s AND a.state = 'open' AND a.kind <> 'copy'
UNION
SELECT r.id FROM mortise_flow_run r
WHERE r.state IN ('ready', 'waiting', 'blocked') AND r.tokens @> %(waiting)s::jsonb
ORDER BY 1
"""
log = logging.getLogger(__name__)


def hand_over(leaver: int, to: int, *, by: int) -> None:
    """Ask ``to`` wherever ``leaver`` is asked; each run in its log.

    Runs are taken in portions, each in its own transaction. A run that cannot go on from there (an
    automatic step behind the last answer fails) keeps its assignment as it is.
    """
    event = Event("hand_over", person=by, leaver=leaver, to_people=(to,))
    waiting = json.dumps({"asks": [{"person": leaver, "answer": "waiting"}]})
    with connection.cursor() as cursor:
        cursor.execute(ASKED, {"person": leaver, "waiting": waiting})
        found = [run for (run,) in cursor.fetchall()]
    for first in range(0, len(found), AT_ONCE):
        _portion(found[first : first + AT_ONCE], event)


def _portion(found: Sequence[int], event: Event) -> None:
    """All at once; where one fails, one by one, so that it keeps none of the others back."""
    try:
        with transaction.atomic():
            advance_all([(run, event) for run in lock_all(found) if run.open])
    except OperationalError:
        raise
    except Exception:
        if len(found) == 1:
            log.exception("run %s could not be handed over", found[0])
            return
        for run in found:
            _portion([run], event)
