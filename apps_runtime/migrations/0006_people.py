"""Usernames are unique in whatever case they are written; a person's sessions can be ended."""

from django.db import migrations, models
from django.db.models.functions import Upper

# Whoever came later and differs in case only is told apart by his id.
TWINS = """
UPDATE mortise_person SET username = left(username, 130) || '_' || id
WHERE id NOT IN (SELECT min(id) FROM mortise_person GROUP BY upper(username))
"""


class Migration(migrations.Migration):
    dependencies = [("apps_runtime", "0005_enter_release")]
    operations = [
        migrations.AddField(
            "person",
            "session_round",
            models.PositiveIntegerField(db_default=0, default=0),
        ),
        migrations.RunSQL(TWINS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(Upper("username"), name="mortise_person_username_case"),
        ),
    ]
