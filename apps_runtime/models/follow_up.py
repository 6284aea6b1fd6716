"""Steps of an installation that run after its flip: indexes, validation, batched copies."""

from django.db import models


class FollowUp(models.Model):
    """One resumable statement; `repeat` runs it until it changes no row."""

    release = models.ForeignKey("Release", models.CASCADE, related_name="follow_ups")
    position = models.IntegerField()
    operation = models.TextField()
    sql = models.TextField()
    repeat = models.BooleanField(default=False, db_default=False)
    state = models.TextField(default="pending", db_default="pending")  # pending | done | failed
    attempts = models.IntegerField(default=0, db_default=0)
    error = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "mortise_follow_up"
        constraints = [
            models.UniqueConstraint(fields=["release", "position"], name="mortise_follow_up_place")
        ]
        indexes = [
            models.Index(
                fields=["release", "position"],
                name="mortise_follow_up_open",
                condition=~models.Q(state="done"),
            )
        ]
