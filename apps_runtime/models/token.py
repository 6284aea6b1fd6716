"""Keys with which programs act for a person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Token(models.Model):
    """A personal or application token; only its hash is stored."""

    person = models.ForeignKey("Person", models.CASCADE, related_name="tokens")
    name = models.TextField()
    prefix = models.TextField()
    hash = models.TextField(unique=True)
    scopes = ArrayField(models.TextField(), default=list, db_default=[])
    app = models.TextField(null=True)  # noqa: DJ001 - absent means every application
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "mortise_token"
