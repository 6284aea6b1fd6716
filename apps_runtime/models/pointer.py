"""Where a round-robin stands."""

from django.db import models


class Pointer(models.Model):
    """The person who was chosen last under a key."""

    key = models.TextField(primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        db_table = "mortise_pointer"
