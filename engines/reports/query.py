"""A report as a question to record tables, and a cell of it as the records behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from engines.forms.plan import Sort
from engines.formulas.compile import Formula
from engines.problems import refuse
from engines.queries.groups import MAX_GROUPS
from engines.queries.query import Cell, Group, Measure, MeasureKind, Query
from engines.reports.grains import GRAINS, bucket_day
from engines.reports.measure import MeasurePlan
from engines.reports.plan import DimensionPlan, FunnelPlan, ReportPlan
from engines.texts import LANGUAGES, text
from engines.values import decimal_from

KINDS: Mapping[str, MeasureKind] = {
    "count": "count",
    "sum": "sum",
    "average": "average",
    "minimum": "min",
    "maximum": "max",
    "distinct": "count_distinct",
}


def query(plan: ReportPlan, filters: Sequence[Formula] = (), *, published: bool = True) -> Query:
    """The groups and measures of a report, one row per group, ``filters`` being the viewer's.

    The report's own condition of a published report may read fields that the viewer does not see;
    that of a draft in preview may not.
    """
    own = () if plan.where is None else (plan.where,)
    return Query(
        form=plan.form,
        filters=(*filters, *(() if published else own)),
        fixed=own if published else (),
        groups=tuple(Group(each.path, each.key, _grain(each)) for each in plan.dimensions),
        measures=_measures(plan),
        sort=_sort(plan),
        limit=MAX_GROUPS if plan.dimensions else 1,
    )


def _grain(dimension: DimensionPlan) -> Any:
    return dimension.grain


def _measures(plan: ReportPlan) -> tuple[Measure, ...]:
    if plan.funnel is None:
        return tuple(_measure(each, each.where) for each in plan.measures if not each.kind.computed)
    found = []
    for number, each in enumerate(plan.measures, 1):
        later = _from_step(plan.funnel, number)
        if later:
            found.append(Measure("reached", each.key, (str(plan.funnel.field),), each.where, later))
        else:
            found.append(_measure(each, plan.funnel.steps[number - 1].when))
    return tuple(found)


def _from_step(funnel: FunnelPlan, number: int) -> tuple[str, ...]:
    """The values that count as having reached step ``number``, from 1: its own and the later ones;
    none where the step counts the records that meet its condition now."""
    if funnel.count != "reached" or funnel.steps[number - 1].value is None:
        return ()
    return tuple(step.value for step in funnel.steps[number - 1 :] if step.value is not None)


def _measure(each: MeasurePlan, when: Formula | None) -> Measure:
    path = tuple(each.of.text.strip().split(".")) if each.of is not None else ()
    return Measure(KINDS[each.kind.key], each.key, path, when)


def _sort(plan: ReportPlan) -> tuple[Sort, ...]:
    """The order the database can give; computed measures are sorted when rows are arranged."""
    computed = {each.key for each in plan.measures if each.kind.computed}
    first = plan.dimensions[0] if plan.dimensions else None
    if not plan.sort and first is not None and not has_order(first) and not computed:
        return (Sort((plan.measures[0].key,), True),)
    if any(key in computed for key, _ in plan.sort):
        return ()
    return tuple(Sort((key,), down) for key, down in plan.sort)


def has_order(dimension: DimensionPlan) -> bool:
    """True for periods, numbers and options, which have an order of their own."""
    ordered = dimension.grain is not None or dimension.type.name == "number"
    return ordered or bool(dimension.options.get("options"))


def drill(
    plan: ReportPlan, cell: Mapping[str, Any]
) -> tuple[tuple[Cell, ...], tuple[Formula, ...]]:
    """The records behind a cell: values the dimensions must have, and conditions to be met.

    ``cell`` is what a figure's ``customdata`` or the answer's ``cells`` hold, read from JSON, or
    the same as ``rows`` write it (``"2026-11"``, ``{"id": 7, …}``). Raises Problems for keys the
    report does not have and values that are none of the dimension's.
    """
    conditions = () if plan.where is None else (plan.where,)
    if plan.funnel is not None:
        step = _step(plan.funnel, cell.get("step"))
        if not isinstance(step, int) or not 1 <= step <= len(plan.funnel.steps):
            raise refuse("/cell", "no_such_cell")
        if later := _from_step(plan.funnel, step):
            where = plan.measures[step - 1].where
            been = Cell((str(plan.funnel.field),), None, reached=later)
            return (been,), conditions if where is None else (*conditions, where)
        return (), (*conditions, plan.funnel.steps[step - 1].when)
    known = {each.key: each for each in plan.dimensions}
    if unknown := set(cell) - set(known):
        raise refuse("/cell", "no_such_column", key=min(map(str, unknown)))
    return tuple(_cell(known[key], value) for key, value in cell.items()), conditions


def _cell(dimension: DimensionPlan, value: Any) -> Cell:
    name = dimension.type.name
    found: object = value
    if value is None:
        found = None
    elif dimension.grain is not None:
        day = bucket_day(value) if isinstance(value, str) else None
        found = None if day is None else GRAINS[dimension.grain].start(day)
    elif name == "number":
        found = decimal_from(value)
    elif name in ("person", "department", "link"):
        named = value.get("id") if isinstance(value, Mapping) else value
        found = named if isinstance(named, int) and not isinstance(named, bool) else None
    elif name == "boolean":
        found = value if isinstance(value, bool) else None
    elif not isinstance(value, str):
        found = None
    if found is None and value is not None:
        raise refuse("/cell", "no_such_cell")
    return Cell(dimension.path, found, _grain(dimension))


def _step(funnel: FunnelPlan, written: Any) -> Any:
    """The number of a step, from 1; ``rows`` write it by its value, else its label."""
    if not isinstance(written, str):
        return None if isinstance(written, bool) else written
    for index, step in enumerate(funnel.steps, 1):
        labels = {text(step.label, language) for language in LANGUAGES}
        if written == step.value or (step.value is None and written in labels):
            return index
    return None


def number_of(value: object) -> Decimal | None:
    """A number as the database gave it."""
    if isinstance(value, Decimal):
        return value
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None
