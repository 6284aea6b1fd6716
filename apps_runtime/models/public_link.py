"""Addresses under which people without an account fill a form."""

from django.db import models
from django.db.models.functions import Now


class PublicLink(models.Model):
    """An unguessable token for one form."""

    token = models.TextField(primary_key=True)
    app = models.TextField()
    form = models.TextField()
    closed = models.BooleanField(default=False, db_default=False)
    created_by = models.ForeignKey("Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "mortise_public_link"
        indexes = [models.Index(fields=["app", "form"], name="mortise_public_link_form")]
