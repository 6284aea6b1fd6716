"""How often something was tried lately: wrong passwords, public forms."""

from django.db import models


class Attempt(models.Model):
    """One counted window of one subject, such as an account or an address."""

    subject = models.TextField(primary_key=True)  # "password:person:zhang", "public:address:…"
    count = models.IntegerField()
    since = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "mortise_attempt"
