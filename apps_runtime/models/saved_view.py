"""A person's own view of a form."""

from django.db import models
from django.db.models.functions import Now


class SavedView(models.Model):
    """Filter, sort and columns under a name."""

    app = models.TextField()
    form = models.TextField()
    person = models.ForeignKey("Person", models.CASCADE, related_name="+")
    label = models.TextField()
    body = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "mortise_saved_view"
        indexes = [models.Index(fields=["person", "app", "form"], name="mortise_saved_view_person")]
