"""Long work that somebody waits for: imports and large exports."""

import uuid

from django.db import models
from django.db.models.functions import Now


class Work(models.Model):
    """One piece of long work; `position` is how far its committed part goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.TextField()
    app = models.TextField(blank=True, default="", db_default="")
    form = models.TextField(blank=True, default="", db_default="")
    person = models.ForeignKey("Person", models.PROTECT, related_name="+")
    # queued | running | done | failed | cancelled
    state = models.TextField(default="queued", db_default="queued")
    options = models.JSONField(default=dict)
    file = models.ForeignKey("StoredFile", models.SET_NULL, null=True, related_name="+")
    error_file = models.ForeignKey("StoredFile", models.SET_NULL, null=True, related_name="+")
    result_file = models.ForeignKey("StoredFile", models.SET_NULL, null=True, related_name="+")
    position = models.BigIntegerField(default=0, db_default=0)
    done = models.BigIntegerField(default=0, db_default=0)
    total = models.BigIntegerField(null=True)
    created = models.BigIntegerField(default=0, db_default=0)
    updated = models.BigIntegerField(default=0, db_default=0)
    skipped = models.BigIntegerField(default=0, db_default=0)
    failed = models.BigIntegerField(default=0, db_default=0)
    problems = models.JSONField(default=list)
    cancel_requested = models.BooleanField(default=False, db_default=False)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0, db_default=0)
    error = models.TextField(blank=True, default="", db_default="")
    at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mortise_work"
        indexes = [
            models.Index(
                fields=["at"],
                name="mortise_work_open",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]
