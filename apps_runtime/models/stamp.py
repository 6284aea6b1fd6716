"""One row whose value rises whenever an installation, a person or a role changes."""

from django.db import models


class Stamp(models.Model):
    """Read once per request; every process's caches hang on it."""

    id = models.IntegerField(primary_key=True)
    value = models.BigIntegerField()

    class Meta:
        db_table = "mortise_stamp"
