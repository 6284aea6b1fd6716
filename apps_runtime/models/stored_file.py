"""Files that people upload or that the product makes for them."""

import uuid

from django.db import models
from django.db.models.functions import Now


class StoredFile(models.Model):
    """A file under a random name; who may read it follows from what it belongs to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    app = models.TextField(blank=True, default="", db_default="")
    form = models.TextField(blank=True, default="", db_default="")
    record = models.BigIntegerField(null=True)
    field = models.TextField(blank=True, default="", db_default="")
    name = models.TextField()
    size = models.BigIntegerField()
    type = models.TextField(blank=True, default="", db_default="")
    path = models.TextField()  # below MEDIA_ROOT
    person = models.ForeignKey("Person", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "mortise_stored_file"
