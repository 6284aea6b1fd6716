"""An installed application and the release that is in force."""

from django.db import models
from django.db.models.functions import Now


class Application(models.Model):
    """One application; `release` is the pointer that a flip moves."""

    key = models.TextField(primary_key=True)
    label = models.JSONField()
    icon = models.TextField(blank=True, default="", db_default="")
    release = models.ForeignKey("Release", models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey("Person", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    archived = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "mortise_application"
