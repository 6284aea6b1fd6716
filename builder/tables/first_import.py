"""The long work behind a new application: its first release, then the rows of its table."""

from __future__ import annotations

from apps_runtime import works
from apps_runtime.exchange import import_records
from apps_runtime.models import Work
from apps_runtime.refusals import Refused
from builder import publish, released

KIND = "first_import"


@works.runner(KIND)
def run(work: Work) -> None:
    """Publish unless that is done, then import; a killed worker's successor goes on where it was.

    Whoever published the draft by hand meanwhile was merely faster.
    """
    if not released.in_force(work.app).number:
        try:
            publish.publish(work.app, person=work.person_id)
        except Refused:
            if not released.in_force(work.app).number:
                raise
    import_records.run(work)
