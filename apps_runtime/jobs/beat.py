"""A worker's sign of life, asked for by the clock."""

from celery import shared_task

from apps_runtime import heartbeat, wake

NAME = "mortise.beat"


@shared_task(name=NAME)
def beat() -> None:
    """Note that a worker took a message."""
    wake.taken(NAME)
    heartbeat.beat("worker")
