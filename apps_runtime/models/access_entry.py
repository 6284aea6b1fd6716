"""Who looked at or took out data in a way that must be traceable."""

from django.db import models
from django.db.models.functions import Now


class AccessEntry(models.Model):
    """One logged access: an export, a view as another person, a sign-in."""

    at = models.DateTimeField(db_default=Now(), db_index=True)
    person = models.BigIntegerField(null=True)
    action = models.TextField()  # dotted: "records.exported", "person.viewed_as", …
    app = models.TextField(blank=True, default="", db_default="")
    form = models.TextField(blank=True, default="", db_default="")
    params = models.JSONField(default=dict)
    address = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "mortise_access_entry"
