"""Answers already given, so that a repeated request gets the same one."""

from django.db import models
from django.db.models.functions import Now


class Idempotency(models.Model):
    """Written in the transaction of the request it belongs to; kept for 24 hours."""

    pk = models.CompositePrimaryKey("person", "route", "key")
    person = models.BigIntegerField()  # 0 for people who are not signed in
    route = models.TextField()
    key = models.TextField()
    body_hash = models.TextField()
    status = models.IntegerField()
    response = models.TextField()
    at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        db_table = "mortise_idempotency"
