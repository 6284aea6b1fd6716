"""Stored formulas as SQL over the columns of the form's own table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan, Path
from engines.formulas.to_sql import SqlEnv, to_sql
from engines.sql import Sql, identifier, sql, value

_NO_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)  # stored formulas never ask for the time


@dataclass(frozen=True, slots=True)
class _Own:
    """Columns of the table itself, without an alias."""

    def column(self, path: Path) -> Sql:
        return identifier(path[0])


def stored_value(field: FieldPlan, plan: FormPlan) -> Sql:
    """The value that `submit.complete` would store in ``field``."""
    if field.formula is None:
        raise ValueError(f"{field.key} is no formula")
    made = to_sql(field.formula, _Own(), SqlEnv(_NO_MOMENT, plan.zone))
    places = field.type.places(field.options)
    return made if places is None else _rounded(made, places)


def _rounded(made: Sql, places: int) -> Sql:
    """A computed number as `FieldType.restrained` leaves it: rounded, too large ones empty."""
    return sql(
        "(SELECT CASE WHEN abs(made.value) < 1e20 THEN round(made.value, {}::int) END"
        " FROM (SELECT ({})::numeric AS value) AS made)",
        value(places),
        made,
    )
