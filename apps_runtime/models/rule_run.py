"""One evaluation of a rule, with its explanation."""

from django.db import models
from django.db.models.functions import Now


class RuleRun(models.Model):
    """Whether a rule was met, why, and what it did."""

    app = models.TextField()
    rule = models.TextField()
    # What caused it: "event:17", "timer:…", "tick:2026-11-21T09:00"; at most once per record.
    cause = models.TextField()
    event = models.BigIntegerField(null=True)
    form = models.TextField()
    record = models.BigIntegerField(null=True)
    met = models.BooleanField()
    effects = models.JSONField(default=list)
    explanation = models.JSONField(default=list)
    error = models.TextField(blank=True, default="", db_default="")
    at = models.DateTimeField(db_default=Now())
    depth = models.IntegerField(default=0, db_default=0)
    chain = models.UUIDField(null=True)

    class Meta:
        db_table = "mortise_rule_run"
        constraints = [
            models.UniqueConstraint(
                fields=["app", "rule", "cause", "record"], name="mortise_rule_run_once"
            )
        ]
        indexes = [
            models.Index(fields=["app", "rule", "-id"], name="mortise_rule_run_rule"),
            models.Index(fields=["app", "form", "record"], name="mortise_rule_run_record"),
        ]
