"""Names the builder for Django."""

from importlib import import_module

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    """The Django application of the builder."""

    name = "builder"
    verbose_name = "Mortise builder"

    def ready(self) -> None:
        """Workers do what the builder has queued."""
        import_module("builder.tables.first_import")
