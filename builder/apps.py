"""Names the builder for Django."""

from django.apps import AppConfig


class BuilderConfig(AppConfig):
    """The Django application of the builder."""

    name = "builder"
    verbose_name = "Mortise builder"
