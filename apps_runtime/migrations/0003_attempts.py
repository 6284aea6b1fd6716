"""Counts of attempts; stamps that never come twice, even where a transaction was rolled back."""

from django.db import migrations, models

SEQUENCE = """
CREATE SEQUENCE mortise_stamp_value AS bigint START WITH 2;
"""


class Migration(migrations.Migration):
    dependencies = [("apps_runtime", "0002_sql")]
    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("subject", models.TextField(primary_key=True, serialize=False)),
                ("count", models.IntegerField()),
                ("since", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "mortise_attempt"},
        ),
        migrations.RunSQL(SEQUENCE, "DROP SEQUENCE mortise_stamp_value"),
    ]
