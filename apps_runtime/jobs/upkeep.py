"""Regular upkeep, asked for by the clock."""

from celery import shared_task

from apps_runtime import upkeep, wake

NAME = "mortise.upkeep"


@shared_task(name=NAME)
def run() -> None:
    """Do what is to be done now and then."""
    wake.taken(NAME)
    upkeep.run()
