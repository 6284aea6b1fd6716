"""What Django's models cannot say: partitioned history, text search, the stamp."""

from django.db import migrations

SCHEMA = """
CREATE SCHEMA IF NOT EXISTS mortise;
"""

# Uni- and bigrams of a text in lower case, without blanks. Everything it names is in pg_catalog
# or qualified, so that a restored dump can build the indexes that use it.
GRAMS = """
CREATE FUNCTION mortise.grams(value text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT coalesce(array_agg(DISTINCT gram), '{}'::text[])
FROM (SELECT string_to_array(lower(value), NULL) AS letters) AS split,
LATERAL (
    SELECT letter AS gram FROM unnest(letters) AS letter
    UNION ALL
    SELECT one || two FROM unnest(letters[:cardinality(letters) - 1], letters[2:]) AS pair(one, two)
) AS grams
WHERE gram !~ '[[:space:]]'
$$;
"""

HISTORY = """
CREATE SEQUENCE public.mortise_history_id_seq AS bigint CACHE 1;
CREATE TABLE public.mortise_history (
    id bigint NOT NULL DEFAULT nextval('public.mortise_history_id_seq'),
    at timestamptz NOT NULL DEFAULT now(),
    app text NOT NULL,
    form text NOT NULL,
    record bigint NOT NULL,
    action text NOT NULL,
    changes jsonb NOT NULL,
    person bigint NULL,
    through jsonb NOT NULL,
    PRIMARY KEY (at, id)
) PARTITION BY RANGE (at);
ALTER SEQUENCE public.mortise_history_id_seq OWNED BY public.mortise_history.id;
CREATE INDEX mortise_history_record ON public.mortise_history (app, form, record, id);
CREATE TABLE public.mortise_history_rest PARTITION OF public.mortise_history DEFAULT;

-- Makes the partitions of this month and of the `ahead` months after it. Rows that were written
-- to the default partition meanwhile move into theirs. Returns how many partitions were made.
CREATE FUNCTION mortise.make_history_partitions(ahead integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    first_day date;
    name text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('mortise.history_partitions'));
    FOR step IN 0..ahead LOOP
        first_day := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => step))::date;
        name := 'mortise_history_' || to_char(first_day, 'YYYYMM');
        IF to_regclass('public.' || name) IS NULL THEN
            EXECUTE format(
                'CREATE TABLE public.%I (LIKE public.mortise_history INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
                name
            );
            EXECUTE format(
                'WITH moved AS (DELETE FROM public.mortise_history_rest WHERE at >= %L AND at < %L RETURNING *) '
                'INSERT INTO public.%I SELECT * FROM moved',
                first_day::timestamp AT TIME ZONE 'UTC',
                (first_day + interval '1 month') AT TIME ZONE 'UTC',
                name
            );
            EXECUTE format(
                'ALTER TABLE public.mortise_history ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                name,
                first_day::timestamp AT TIME ZONE 'UTC',
                (first_day + interval '1 month') AT TIME ZONE 'UTC'
            );
            made := made + 1;
        END IF;
    END LOOP;
    RETURN made;
END
$$;
SELECT mortise.make_history_partitions(3);
"""

STAMP = """
INSERT INTO public.mortise_stamp (id, value) VALUES (1, 1);
"""


class Migration(migrations.Migration):
    dependencies = [("apps_runtime", "0001_tables")]
    operations = [
        migrations.RunSQL(SCHEMA, "DROP SCHEMA mortise CASCADE"),
        migrations.RunSQL(GRAMS, "DROP FUNCTION mortise.grams(text)"),
        migrations.RunSQL(
            HISTORY,
            "DROP TABLE mortise_history; DROP FUNCTION mortise.make_history_partitions(integer)",
        ),
        migrations.RunSQL(STAMP, "DELETE FROM mortise_stamp"),
    ]
