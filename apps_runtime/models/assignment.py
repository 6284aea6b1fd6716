"""What a person has been asked to do."""

from django.db import models
from django.db.models.functions import Now


class Assignment(models.Model):
    """One person's part at one node of a run."""

    run = models.ForeignKey("FlowRun", models.CASCADE, related_name="assignments")
    node = models.TextField()
    round = models.IntegerField(default=1, db_default=1)
    token = models.TextField()
    person = models.ForeignKey("Person", models.PROTECT, related_name="assignments")
    kind = models.TextField(default="approve", db_default="approve")  # approve | handle | copy
    position = models.IntegerField(default=0, db_default=0)
    # open | done | cancelled | transferred
    state = models.TextField(default="open", db_default="open")
    decision = models.TextField(blank=True, default="", db_default="")
    opinion = models.TextField(blank=True, default="", db_default="")
    saved = models.JSONField(null=True)  # values kept by "save" before the decision
    due = models.DateTimeField(null=True)
    version = models.IntegerField(default=1, db_default=1)
    came_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("Person", models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "mortise_assignment"
        indexes = [
            models.Index(
                fields=["person", "-id"],
                name="mortise_assignment_open",
                condition=models.Q(state="open"),
            ),
            models.Index(fields=["person", "-decided_at"], name="mortise_assignment_done"),
        ]
        constraints = [
            # A repeated effect opens nobody's assignment twice.
            models.UniqueConstraint(
                fields=["run", "token", "round", "person", "kind", "position"],
                name="mortise_assignment_once",
            )
        ]
