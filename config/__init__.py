"""Joins the parts into one installation: settings, addresses, processes.

The Celery application is imported here because `shared_task` binds to the application that exists
when a job is first sent: without it a web process would look for a broker on Celery's defaults.
"""

from config.celery import app as celery_app

__all__ = ["celery_app"]
