"""What the API answers for a report: columns, rows, the cells behind the rows, and the figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from engines.queries.groups import MAX_GROUPS
from engines.reports.arrange import arrange, evened
from engines.reports.grains import GRAINS
from engines.reports.measure import MeasurePlan
from engines.reports.plan import DimensionPlan, FunnelPlan, ReportPlan
from engines.reports.series import cell, step_cell
from engines.reports.table import Bucket, Table
from engines.texts import text
from engines.values import JsonValue, decimal_text, rounded

STEP = {"zh-Hans": "步骤", "en": "Step"}
RATE = {"zh-Hans": "转化率", "en": "Conversion"}
TOTAL = {"zh-Hans": "总转化率", "en": "Of the first"}


@dataclass(frozen=True, slots=True)
class Result:
    """``rows`` hold values as records write them (an option's value, a link as id and label, a
    month as 2026-11, decimals as text), so that they stay the same in every language.

    Row by row, ``labels`` are the dimensions as people read them, and ``cells`` what to drill
    into: None where no records can be listed. ``more`` groups are not shown on their own;
    ``capped``: there are more groups than are ever read.
    """

    columns: tuple[dict[str, str], ...]
    rows: tuple[tuple[JsonValue, ...], ...]
    labels: tuple[tuple[str, ...], ...]
    cells: tuple[JsonValue, ...]
    figure: dict[str, Any]
    more: int
    capped: bool


def columns(plan: ReportPlan, language: str, currency: str = "") -> tuple[dict[str, str], ...]:
    """The columns of the rows: key, label, type (of the value; or percent, for shares).

    Amounts have a ``currency`` besides: their own, or the one given.
    """
    if plan.funnel is not None:
        first = plan.measures[0]
        return (
            {"key": "step", "label": text(STEP, language), "type": "text"},
            {"key": "value", "label": first.kind.named("", language), "type": first.type}
            | _currency(first, currency),
            {"key": "rate", "label": text(RATE, language), "type": "percent"},
            {"key": "total_rate", "label": text(TOTAL, language), "type": "percent"},
        )
    return (
        *(
            {
                "key": each.key,
                "label": text(each.label, language, each.key),
                "type": "date" if each.grain is not None else each.type.name,
            }
            for each in plan.dimensions
        ),
        *(
            {
                "key": each.key,
                "label": text(each.label, language, each.key),
                "type": "percent" if each.format.get("style") == "percent" else each.type,
            }
            | _currency(each, currency)
            for each in plan.measures
        ),
    )


def _currency(measure: MeasurePlan, usual: str) -> dict[str, str]:
    if measure.currency is None or measure.format.get("style") == "percent":
        return {}
    named = measure.currency or usual
    return {"currency": named} if named else {}


def result(
    plan: ReportPlan, rows: Sequence[Sequence[Any]], language: str, currency: str = ""
) -> Result:
    """The whole answer for the rows of ``query(plan)``; ``currency`` is the application's."""
    table = arrange(plan, rows, language)
    return Result(
        columns(plan, language, currency),
        tuple(_steps(plan.funnel, table) if plan.funnel is not None else _rows(table)),
        tuple(tuple(bucket.label for bucket in line.buckets) for line in table.lines),
        tuple(_cells(plan, table)),
        figure(plan, evened(plan, table, language), language),
        table.more,
        len(rows) >= MAX_GROUPS,
    )


def figure(plan: ReportPlan, table: Table, language: str) -> dict[str, Any]:
    """A plain dict in plotly's schema, without template; empty for a table."""
    return plan.chart.figure(table, plan.chart_options, language)


def _plain(value: Decimal | str | None) -> JsonValue:
    return decimal_text(value) if isinstance(value, Decimal) else value


def _written(dimension: DimensionPlan, bucket: Bucket) -> JsonValue:
    """An id stands with its label, as in a record; a period has its English name (2026-11)."""
    if dimension.grain is not None and bucket.value is not None:
        return GRAINS[dimension.grain].name(date.fromisoformat(str(bucket.value)), "en")
    is_id = isinstance(bucket.value, int) and not isinstance(bucket.value, bool)
    return {"id": bucket.value, "label": bucket.label} if is_id else bucket.value


def _rows(table: Table) -> list[tuple[JsonValue, ...]]:
    return [
        (
            *map(_written, table.dimensions, line.buckets),
            *(_plain(value) for value in line.values),
        )
        for line in table.lines
    ]


def _cells(plan: ReportPlan, table: Table) -> list[JsonValue]:
    if plan.funnel is not None:
        return [step_cell(line.buckets[0]) for line in table.lines]
    found: list[JsonValue] = [cell(table, line.buckets) for line in table.lines]
    return found


def _steps(funnel: FunnelPlan, table: Table) -> list[tuple[JsonValue, ...]]:
    """A step's value, or its label where it is a condition; its number; and its rates.

    Rates are shares (0.5 for half), empty where nothing came before.
    """
    numbers = [line.values[0] for line in table.lines]
    found: list[tuple[JsonValue, ...]] = []
    for position, (step, line) in enumerate(zip(funnel.steps, table.lines, strict=True)):
        before = numbers[position - 1] if position else None
        found.append(
            (
                step.value or line.buckets[0].label,
                _plain(numbers[position]),
                _share(numbers[position], before),
                _share(numbers[position], numbers[0]) if position else None,
            )
        )
    return found


def _share(part: object, whole: object) -> str | None:
    if not isinstance(part, Decimal) or not isinstance(whole, Decimal) or whole == 0:
        return None
    return decimal_text(rounded(part / whole, 6))
