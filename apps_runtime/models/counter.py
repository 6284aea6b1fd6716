"""The last number given out for a serial field."""

from django.db import models


class Counter(models.Model):
    """Raised by `UPDATE … RETURNING` in the transaction that writes the record."""

    pk = models.CompositePrimaryKey("app", "form", "field", "period")
    app = models.TextField()
    form = models.TextField()
    field = models.TextField()
    period = models.TextField()  # "" where the counter is never reset, else "2026", "202611" …
    value = models.BigIntegerField()

    class Meta:
        db_table = "mortise_counter"
