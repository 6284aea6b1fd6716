"""An application as it is being edited: one row per definition, and who touched it."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """The draft of one application.

    ``base`` is the number of the release that the draft was last equal to (0: never published);
    publishing compares it with the current release.
    """

    app = models.CharField(primary_key=True, max_length=40)
    base = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class DraftDefinition(models.Model):
    """One definition of a draft.

    ``body`` is the canonical JSON text (the author's order has meaning, so it is never jsonb);
    ``digest`` is its hash and the ETag that a change must name.
    """

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="definitions")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    body = models.TextField()
    digest = models.CharField(max_length=64)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draft", "kind", "key"], name="draft_definition_once"),
        )


class DraftChange(models.Model):
    """Who touched which definition since the last release, and when last."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["draft", "kind", "key", "person"],
                name="draft_change_once",
                nulls_distinct=False,
            ),
        )
