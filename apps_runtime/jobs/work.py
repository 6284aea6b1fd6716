"""Long work: imports and exports, one at a time per worker process."""

from celery import shared_task

from apps_runtime import exports, wake, works
from apps_runtime.exchange import import_people, import_records

# Naming them registers their runners.
RUNNERS = (import_people.KIND, import_records.KIND, exports.KIND)

NAME = "mortise.work"


@shared_task(name=NAME)
def run() -> None:
    """Take up queued or abandoned work until there is none."""
    wake.taken(NAME)
    works.run_all()
