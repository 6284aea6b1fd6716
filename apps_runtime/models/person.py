"""Everyone who can sign in, be named in a record or be asked to do something."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now, Upper

SYSTEM_ROLES = ("platform_administrator", "application_designer", "operator", "auditor")


class People(BaseUserManager["Person"]):
    """Makes people; an absent password cannot be used to sign in."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Person":
        """A new person with a hashed password."""
        person = self.model(username=username, **{"name": username, **fields})
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person who signs in with ``username``, in whatever case it was typed."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """One person of the organisation; never deleted, only made inactive."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=150)
    email = models.CharField(max_length=254, blank=True, default="", db_default="")
    department = models.ForeignKey(
        "Department", models.SET_NULL, null=True, blank=True, related_name="people"
    )
    superior = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="subordinates"
    )
    positions = ArrayField(models.TextField(), default=list, db_default=[], blank=True)
    system_roles = ArrayField(models.TextField(), default=list, db_default=[], blank=True)
    language = models.CharField(max_length=10, blank=True, default="", db_default="")
    active = models.BooleanField(default=True, db_default=True)
    must_change = models.BooleanField(default=False, db_default=False)
    # Raised to end all sessions: each carries a hash of it.
    session_round = models.PositiveIntegerField(default=0, db_default=0)
    created_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        db_table = "mortise_person"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # As `iexact` asks: one index serves both.
            models.UniqueConstraint(Upper("username"), name="mortise_person_username_case")
        ]

    def get_session_auth_hash(self) -> str:
        """What a session must carry to be this person's: the password and the round."""
        hashed: str = super().get_session_auth_hash()
        return f"{self.session_round}:{hashed}" if self.session_round else hashed

    @property
    def is_active(self) -> bool:
        """Django's name for `active`."""
        return self.active

    @is_active.setter
    def is_active(self, value: bool) -> None:
        self.active = value
