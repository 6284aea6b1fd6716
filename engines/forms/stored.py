"""Stored formulas as SQL over the columns of the form's own table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engines.forms.field import FieldPlan
from engines.forms.plan import FormPlan, Path
from engines.formulas.to_sql import SqlEnv, to_sql
from engines.sql import Sql, identifier, sql, value

_SCALES: Mapping[str, int] = {"number": 10, "money": 2}
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
    return rounded_sql(made, field.options)


def rounded_sql(made: Sql, options: Mapping[str, Any]) -> Sql:
    """A computed value as `FieldType.restrained` leaves it: rounded, too large ones empty."""
    returns = str(options.get("returns"))
    if returns not in _SCALES:
        return made
    scale = int(options.get("scale", _SCALES[returns]))
    return sql(
        "(SELECT CASE WHEN abs(made.value) < 1e20 THEN round(made.value, {}::int) END"
        " FROM (SELECT ({})::numeric AS value) AS made)",
        value(scale),
        made,
    )
