"""A running instance of a flow."""

from django.db import models
from django.db.models.functions import Now


class FlowRun(models.Model):
    """One run, pinned to the release it began with; its whole state is one JSON value."""

    app = models.TextField()
    flow = models.TextField()
    release = models.IntegerField()
    form = models.TextField()
    record = models.BigIntegerField()
    # ready | waiting | blocked | done | cancelled
    state = models.TextField(default="ready", db_default="ready")
    version = models.IntegerField(default=0, db_default=0)
    tokens = models.JSONField(default=dict)
    starter = models.ForeignKey("Person", models.PROTECT, null=True, related_name="+")
    key = models.TextField(unique=True, null=True)  # noqa: DJ001 - what started it, at most once
    chain = models.UUIDField(null=True)
    depth = models.IntegerField(default=0, db_default=0)
    attempts = models.IntegerField(default=0, db_default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True, default="", db_default="")
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mortise_flow_run"
        indexes = [
            models.Index(
                fields=["id"], name="mortise_flow_run_ready", condition=models.Q(state="ready")
            ),
            models.Index(fields=["app", "form", "record"], name="mortise_flow_run_record"),
            models.Index(fields=["starter", "-id"], name="mortise_flow_run_starter"),
        ]
