"""A frozen application as it was installed."""

from django.db import models
from django.db.models.functions import Now


class Release(models.Model):
    """Release `number` of an application: 1, 2, 3 … without gaps."""

    app = models.ForeignKey("Application", models.CASCADE, db_column="app", related_name="releases")
    number = models.IntegerField()
    # A canonical JSON list of definition bodies; text, because the author's order has meaning.
    definitions = models.TextField()
    note = models.TextField(blank=True, default="", db_default="")
    restored_from = models.IntegerField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey("Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "mortise_release"
        constraints = [
            models.UniqueConstraint(fields=["app", "number"], name="mortise_release_number")
        ]
