"""Drains what is due: events, ready runs, timers, effects."""

from celery import shared_task

from apps_runtime import dispatch, wake

NAME = "mortise.dispatch"


@shared_task(name=NAME)
def drain() -> None:
    """Work until nothing is due."""
    wake.taken(NAME)
    dispatch.drain()
