"""Records whose choice field has ever held a value, from the stage history."""

from __future__ import annotations

from collections.abc import Sequence

from engines.forms.plan import Path
from engines.queries.access import PolicedQuery
from engines.queries.printer import Printer
from engines.queries.resolve import steps
from engines.sql import Sql, identifier, sql, value


def has_reached(policed: PolicedQuery, printer: Printer, path: Path, values: Sequence[str]) -> Sql:
    """True for records that have ever been in one of ``values``, where the field is shown plainly.

    The sub-query stands for itself, so that Postgres reads the stays once and not for every record.
    """
    planned = policed.planned
    field = steps(planned.form, path, planned.forms)[-1].field.key
    found = sql(
        "m.id IN (SELECT s.record FROM {} AS s WHERE s.form = {} AND s.field = {}"
        " AND s.value = ANY({}::text[]))",
        identifier(planned.form.schema, "_stay"),
        value(planned.form.key),
        value(field),
        value(list(values)),
    )
    access = policed.access[planned.form.key].of(field)
    if access is not None and access.plain is not None:
        found = sql("{} AND {}", found, printer.rule(access.plain, (), planned.form, "asked"))
    return found
