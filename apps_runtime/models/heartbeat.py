"""Which processes were alive lately."""

from django.db import models


class Heartbeat(models.Model):
    """The last sign of life of a kind of process."""

    name = models.TextField(primary_key=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "mortise_heartbeat"
