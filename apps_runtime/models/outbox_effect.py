"""Effects outside the database, sent after commit under a lease."""

from django.db import models
from django.db.models.functions import Now


class OutboxEffect(models.Model):
    """One effect; its id is stable, so that sending it twice can be noticed."""

    id = models.TextField(primary_key=True)
    kind = models.TextField()
    payload = models.JSONField()
    state = models.TextField(default="pending", db_default="pending")  # pending | sent | failed
    attempts = models.IntegerField(default=0, db_default=0)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="", db_default="")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "mortise_outbox_effect"
        indexes = [
            models.Index(
                fields=["at"], name="mortise_outbox_pending", condition=models.Q(state="pending")
            )
        ]
