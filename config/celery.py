"""The Celery application: wakes workers; Postgres alone knows what is to be done."""

import os
import pkgutil
from pathlib import Path

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

JOBS = Path(__file__).resolve().parent.parent / "apps_runtime" / "jobs"

app = Celery("mortise")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.imports = tuple(
    f"apps_runtime.jobs.{module.name}" for module in pkgutil.iter_modules([str(JOBS)])
)
app.set_default()
