"""How writers and installations keep out of each other's way."""

from django.db import migrations

# Writers share the application, an installation has it alone. plpgsql takes a new snapshot for
# each statement: the release is read after the lock has been granted, so it is the one in force.
ENTER = """
CREATE FUNCTION mortise.application_lock(app_key text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT hashtextextended('mortise.application.' || app_key, 0)
$$;

CREATE FUNCTION mortise.enter(app_key text) RETURNS integer
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(mortise.application_lock(app_key));
    RETURN (
        SELECT release.number
        FROM public.mortise_application AS application
        JOIN public.mortise_release AS release ON release.id = application.release_id
        WHERE application.key = app_key
    );
END
$$;

CREATE FUNCTION mortise.enter_alone(app_key text) RETURNS integer
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(mortise.application_lock(app_key));
    RETURN (
        SELECT release.number
        FROM public.mortise_application AS application
        JOIN public.mortise_release AS release ON release.id = application.release_id
        WHERE application.key = app_key
    );
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("apps_runtime", "0003_attempts")]
    operations = [
        migrations.RunSQL(
            ENTER,
            "DROP FUNCTION mortise.enter(text); DROP FUNCTION mortise.enter_alone(text);"
            " DROP FUNCTION mortise.application_lock(text)",
        ),
    ]
