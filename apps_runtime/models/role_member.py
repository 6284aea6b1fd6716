"""Who has which role of an application."""

from django.db import models


class RoleMember(models.Model):
    """A person, a department (with those below) or a position that has a role."""

    app = models.TextField()
    role = models.TextField()
    kind = models.TextField()  # person | department | position
    member = models.TextField()  # the id of a person or department, the key of a position

    class Meta:
        db_table = "mortise_role_member"
        constraints = [
            models.UniqueConstraint(
                fields=["app", "role", "kind", "member"], name="mortise_role_member_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["person", "department", "position"]),
                name="mortise_role_member_kind",
            ),
        ]
        indexes = [models.Index(fields=["kind", "member"], name="mortise_role_member_member")]
