"""What has happened to records; partitioned by month, never changed."""

from django.db import models


class HistoryEntry(models.Model):
    """One change of one record: fields before and after, who, through what."""

    pk = models.CompositePrimaryKey("at", "id")
    id = models.BigIntegerField()
    at = models.DateTimeField()
    app = models.TextField()
    form = models.TextField()
    record = models.BigIntegerField()
    action = models.TextField()  # created | changed | deleted | restored
    changes = models.JSONField()  # {field: [before, after]}, values as in the record's JSON
    person = models.BigIntegerField(null=True)
    through = models.JSONField()  # {"kind", "key"?}

    class Meta:
        db_table = "mortise_history"
        managed = False
