"""Tells Django about the runtime."""

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    """The runtime's tables and URLs."""

    name = "apps_runtime"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Flows follow records: what a record's change starts is there when the answer goes out."""
        from apps_runtime import runs
        from apps_runtime.records.followers import FOLLOWERS

        FOLLOWERS.append(runs.on_record_event)
