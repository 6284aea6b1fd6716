"""What happened in a run, in order; only appended to."""

from django.db import models
from django.db.models.functions import Now


class FlowLog(models.Model):
    """One line of a run's log."""

    pk = models.CompositePrimaryKey("run", "seq")
    run = models.ForeignKey("FlowRun", models.CASCADE, related_name="log")
    seq = models.IntegerField()
    at = models.DateTimeField(db_default=Now())
    node = models.TextField(blank=True, default="", db_default="")
    event = models.TextField()
    person = models.BigIntegerField(null=True)
    params = models.JSONField(default=dict)

    class Meta:
        db_table = "mortise_flow_log"
