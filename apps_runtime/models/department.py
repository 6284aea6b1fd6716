"""The organisation's tree of departments."""

from django.db import models


class Department(models.Model):
    """One department; its key is what definitions name it by."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    head = models.ForeignKey("Person", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        db_table = "mortise_department"
