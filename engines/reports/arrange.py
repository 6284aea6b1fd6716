"""Rows from the database into a table: labels, order, others, measures; gaps for the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from engines.formulas.to_python import Env, evaluate
from engines.formulas.types import Value
from engines.reports.grains import GRAINS, MOST_FILLED, between
from engines.reports.measure import MeasurePlan
from engines.reports.plan import DimensionPlan, FunnelPlan, ReportPlan
from engines.reports.query import has_order, number_of
from engines.reports.table import Bucket, Cell, Line, Table
from engines.texts import text
from engines.values import JsonValue, decimal_text

EMPTY = "—"
OTHERS = {"zh-Hans": "其他", "en": "Others"}


def arrange(plan: ReportPlan, rows: Sequence[Sequence[Any]], language: str) -> Table:
    """The table of a report.

    ``rows`` are those of ``query(plan)``: the dimensions in order (people, departments and links as
    objects with ``id`` and ``name`` or ``label``), then the measures that are not computed.
    """
    if plan.funnel is not None:
        return _funnel(plan, plan.funnel, rows, language)
    width = len(plan.dimensions)
    lines = []
    for row in rows:
        if any(
            value is None and not dimension.empty
            for dimension, value in zip(plan.dimensions, row, strict=False)
        ):
            continue
        buckets = tuple(
            _bucket(dimension, value, language)
            for dimension, value in zip(plan.dimensions, row, strict=False)
        )
        lines.append(Line(buckets, _values(plan.measures, row[width:], plan.zone)))
    lines = _sorted(plan, lines)
    lines, more = _limited(plan, lines, language)
    return Table(plan.dimensions, plan.measures, tuple(lines), more)


def _bucket(dimension: DimensionPlan, value: Any, language: str) -> Bucket:
    if isinstance(value, Mapping):
        shown = value.get("label") or value.get("name")
        return Bucket(value["id"], str(shown) if shown else f"#{value['id']}")
    if value is None:
        return Bucket(None, EMPTY, "grey")
    if dimension.grain is not None:
        day = value.date() if isinstance(value, datetime) else value
        return _day_bucket(dimension, day, language)
    if isinstance(value, bool):
        words = {"zh-Hans": ("是", "否"), "en": ("Yes", "No")}.get(language, ("Yes", "No"))
        return Bucket(value, words[0] if value else words[1])
    if isinstance(value, Decimal | int):
        written = decimal_text(Decimal(value))
        return Bucket(written, written)
    for option in dimension.options.get("options", ()):
        if option["value"] == value:
            return Bucket(value, text(option.get("label"), language, value), option.get("color"))
    return Bucket(str(value), str(value))


def _day_bucket(dimension: DimensionPlan, day: date, language: str) -> Bucket:
    grain = GRAINS[str(dimension.grain)]
    return Bucket(day.isoformat(), grain.name(day, language))


def _values(measures: Sequence[MeasurePlan], found: Sequence[Any], zone: str) -> tuple[Cell, ...]:
    given = iter(found)
    cells: dict[str, Cell] = {
        each.key: _cell(next(given), zone) for each in measures if not each.kind.computed
    }
    numbers: dict[str, Value] = {
        key: value for key, value in cells.items() if isinstance(value, Decimal)
    }
    env = Env(numbers, datetime(1970, 1, 1, tzinfo=UTC), zone)
    for each in measures:
        if each.expression is not None:
            cells[each.key] = number_of(evaluate(each.expression, env))
    return tuple(cells.get(each.key) for each in measures)


def _cell(value: Any, zone: str) -> Cell:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return number_of(value)


def _sorted(plan: ReportPlan, lines: list[Line]) -> list[Line]:
    """In the order asked for; else options as defined, dates forward, the greatest number first.

    Empty values come last either way.
    """
    wanted = plan.sort
    if not wanted:
        for position in reversed(range(len(plan.dimensions))):
            lines = _in_natural_order(plan, position, lines)
        return lines
    dimensions = {each.key: index for index, each in enumerate(plan.dimensions)}
    measures = {each.key: index for index, each in enumerate(plan.measures)}
    for key, down in reversed(wanted):
        if key in measures:
            position = measures[key]
            lines = _by(lines, [line.values[position] for line in lines], down)
        else:
            position = dimensions[key]
            lines = _by(lines, _places(plan.dimensions[position], position, lines), down)
    return lines


def _comparable(line: Line, position: int, dimension: DimensionPlan) -> Any:
    """What a bucket is sorted by: dates by their text, numbers by size, all else by label."""
    bucket = line.buckets[position]
    if dimension.type.name == "number":
        return Decimal(str(bucket.value))
    return str(bucket.value) if dimension.grain is not None else bucket.label


def _places(dimension: DimensionPlan, position: int, lines: list[Line]) -> list[Any]:
    ranks = _ranks(dimension)
    return [
        None
        if line.buckets[position].value is None
        else ranks.get(line.buckets[position].value) or _comparable(line, position, dimension)
        for line in lines
    ]


def _ranks(dimension: DimensionPlan) -> dict[JsonValue, str]:
    options = dimension.options.get("options", ())
    return {option["value"]: f"{index:06}" for index, option in enumerate(options)}


def _by(lines: list[Line], keys: list[Any], down: bool) -> list[Line]:
    known = [(key, line) for key, line in zip(keys, lines, strict=True) if key is not None]
    empty = [line for key, line in zip(keys, lines, strict=True) if key is None]
    known.sort(key=lambda pair: pair[0], reverse=down)
    return [line for _, line in known] + empty


def _in_natural_order(plan: ReportPlan, position: int, lines: list[Line]) -> list[Line]:
    dimension = plan.dimensions[position]
    if has_order(dimension):
        return _by(lines, _places(dimension, position, lines), False)
    values = [line.buckets[position].value for line in lines]
    totals: dict[JsonValue, Decimal] = {}
    for line, value in zip(lines, values, strict=True):
        number = line.values[0]
        totals[value] = totals.get(value, Decimal(0)) + (
            number if isinstance(number, Decimal) else Decimal(0)
        )
    # Stable and total: equal numbers in the order of their labels.
    lines = sorted(lines, key=lambda line: line.buckets[position].label)
    places = [
        None if line.buckets[position].value is None else totals[line.buckets[position].value]
        for line in lines
    ]
    return _by(lines, places, True)


def _limited(plan: ReportPlan, lines: list[Line], language: str) -> tuple[list[Line], int]:
    """At most ``limit`` buckets of the first dimension; the rest counted, or summed up as 其他."""
    if plan.limit is None or not plan.dimensions:
        return lines, 0
    first = list(dict.fromkeys(line.buckets[0] for line in lines))
    kept = set(first[: plan.limit])
    more = len(first) - len(kept)
    shown = [line for line in lines if line.buckets[0] in kept]
    if not more or not plan.others:
        return shown, more
    rest: dict[tuple[Bucket, ...], list[Line]] = {}
    for line in lines:
        if line.buckets[0] not in kept:
            rest.setdefault(line.buckets[1:], []).append(line)
    others = Bucket(None, text(OTHERS, language), "grey", opaque=True)
    for buckets, group in rest.items():
        sums = tuple(
            _sum([line.values[index] for line in group]) if measure.kind.additive else None
            for index, measure in enumerate(plan.measures)
        )
        shown.append(Line((others, *buckets), sums))
    return shown, more


def _sum(values: Sequence[Cell]) -> Decimal | None:
    numbers = [value for value in values if isinstance(value, Decimal)]
    return sum(numbers, Decimal(0)) if numbers else None


def evened(plan: ReportPlan, table: Table, language: str) -> Table:
    """The table as it is drawn: an axis of time has no gaps. Its rows stay those with records."""
    if plan.funnel is not None or plan.sort or table.more:
        return table
    return replace(table, lines=tuple(_filled(plan, list(table.lines), language)))


def _filled(plan: ReportPlan, lines: list[Line], language: str) -> list[Line]:
    """Buckets of time without records between the first and the last, so that time runs evenly.

    Counts and sums of nothing are zero, other measures are empty.
    """
    if len(plan.dimensions) != 1 or plan.dimensions[0].grain is None:
        return lines
    dimension = plan.dimensions[0]
    days = [
        date.fromisoformat(str(line.buckets[0].value)) for line in lines if line.buckets[0].value
    ]
    if len(days) < 2:
        return lines
    found = {line.buckets[0].value: line for line in lines}
    grain = GRAINS[str(dimension.grain)]
    filled: list[Line] = []
    for count, day in enumerate(between(grain, min(days), max(days))):
        if count >= MOST_FILLED:
            return lines
        known = found.get(day.isoformat())
        nothing = tuple(Decimal(0) if each.kind.additive else None for each in plan.measures)
        filled.append(known or Line((_day_bucket(dimension, day, language),), nothing))
    return filled + [line for line in lines if line.buckets[0].value is None]


def _funnel(
    plan: ReportPlan, funnel: FunnelPlan, rows: Sequence[Sequence[Any]], language: str
) -> Table:
    values = rows[0] if rows else [None] * len(funnel.steps)
    lines = tuple(
        Line(
            (Bucket(number, text(step.label, language), step.color),),
            (number_of(value),),
        )
        for number, (step, value) in enumerate(zip(funnel.steps, values, strict=True), 1)
    )
    return Table((), plan.measures[:1], lines)
