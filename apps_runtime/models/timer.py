"""What is due at a moment; deleted in the transaction that fires it."""

from django.db import models


class Timer(models.Model):
    """Belongs to a run's token and round, or to a rule and a record."""

    kind = models.TextField()
    run = models.ForeignKey("FlowRun", models.CASCADE, null=True, related_name="timers")
    token = models.TextField(blank=True, default="", db_default="")
    round = models.IntegerField(default=1, db_default=1)
    app = models.TextField(blank=True, default="", db_default="")
    rule = models.TextField(blank=True, default="", db_default="")
    form = models.TextField(blank=True, default="", db_default="")
    record = models.BigIntegerField(null=True)
    key = models.TextField(unique=True)  # a repeated effect sets a timer once
    payload = models.JSONField(default=dict)
    attempts = models.IntegerField(default=0, db_default=0)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "mortise_timer"
        indexes = [
            models.Index(
                fields=["app", "rule", "record"],
                name="mortise_timer_rule",
                condition=~models.Q(rule=""),
            )
        ]
