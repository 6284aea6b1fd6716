"""What people say about a record."""

from django.db import models
from django.db.models.functions import Now


class Comment(models.Model):
    """One comment; who sees the record sees it."""

    app = models.TextField()
    form = models.TextField()
    record = models.BigIntegerField()
    person = models.ForeignKey("Person", models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "mortise_comment"
        indexes = [
            models.Index(fields=["app", "form", "record", "id"], name="mortise_comment_record")
        ]
