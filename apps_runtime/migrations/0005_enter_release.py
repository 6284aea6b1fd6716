"""Entering an application answers with the release's id: its number may come twice.

A number that an installation gave and then rolled back is given again, to another content; an id
never is, so plans are kept by id.
"""

from django.db import migrations

ENTER = """
DROP FUNCTION mortise.enter(text);
DROP FUNCTION mortise.enter_alone(text);

CREATE FUNCTION mortise.enter(app_key text) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(mortise.application_lock(app_key));
    RETURN (SELECT release_id FROM public.mortise_application WHERE key = app_key);
END
$$;

CREATE FUNCTION mortise.enter_alone(app_key text) RETURNS bigint
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(mortise.application_lock(app_key));
    RETURN (SELECT release_id FROM public.mortise_application WHERE key = app_key);
END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("apps_runtime", "0004_enter")]
    operations = [migrations.RunSQL(ENTER, migrations.RunSQL.noop)]
