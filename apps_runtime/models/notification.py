"""What a person is told inside the product."""

from django.db import models
from django.db.models.functions import Now


class Notification(models.Model):
    """One line in the bell; `params` fill the text in the reader's language."""

    person = models.ForeignKey("Person", models.CASCADE, related_name="notifications")
    app = models.TextField(blank=True, default="", db_default="")
    form = models.TextField(blank=True, default="", db_default="")
    record = models.BigIntegerField(null=True)
    text = models.TextField()
    params = models.JSONField(default=dict)
    key = models.TextField(unique=True)  # a repeated effect tells once
    at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mortise_notification"
        indexes = [
            models.Index(fields=["person", "-id"], name="mortise_notification_person"),
            models.Index(
                fields=["person"],
                name="mortise_notification_unread",
                condition=models.Q(read_at=None),
            ),
        ]
