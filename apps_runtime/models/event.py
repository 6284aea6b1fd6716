"""What rules and flows still have to hear about; written with the record."""

from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One change of one record, in the outbox until a worker has dispatched it."""

    app = models.TextField()
    form = models.TextField()
    record = models.BigIntegerField()
    kind = models.TextField()  # created | updated | deleted | restored
    changes = models.JSONField(default=dict)  # {field: [before, after]} as in the history
    person = models.BigIntegerField(null=True)
    through = models.JSONField(default=dict)
    chain = models.UUIDField(null=True)  # the cascade this event belongs to
    depth = models.IntegerField(default=0, db_default=0)
    state = models.TextField(default="pending", db_default="pending")  # pending | done | failed
    attempts = models.IntegerField(default=0, db_default=0)
    error = models.TextField(blank=True, default="", db_default="")
    retry_at = models.DateTimeField(null=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = "mortise_event"
        indexes = [
            models.Index(
                fields=["id"], name="mortise_event_pending", condition=models.Q(state="pending")
            )
        ]
