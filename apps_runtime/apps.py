"""Tells Django about the runtime."""

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    """The runtime's tables and URLs."""

    name = "apps_runtime"
    default_auto_field = "django.db.models.BigAutoField"
