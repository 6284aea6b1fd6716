"""A report compiled for use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from engines.formulas.compile import Formula
from engines.formulas.types import Type
from engines.problems import Problem
from engines.reports.measure import MeasurePlan
from engines.texts import Text

if TYPE_CHECKING:
    from engines.reports.chart import Chart


@dataclass(frozen=True, slots=True)
class DimensionPlan:
    """``of`` reads the field or link path; ``options`` are those of the field it ends at."""

    key: str
    path: tuple[str, ...]
    of: Formula
    type: Type
    grain: str | None
    label: Text
    options: Mapping[str, Any]
    empty: bool = True


@dataclass(frozen=True, slots=True)
class StepPlan:
    """One step of a funnel: the records where ``when`` holds, or whose field has ``value``."""

    label: Text
    when: Formula
    value: str | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True)
class FunnelPlan:
    """``current``: records in each step now. ``reached``: those that ever entered it or a later,
    by the history of ``field``. Steps with conditions of their own are counted as they say."""

    field: str | None
    steps: tuple[StepPlan, ...]
    count: Literal["current", "reached"]


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """A compiled report; ``sort`` names dimension and measure keys."""

    key: str
    label: Text
    form: str
    dimensions: tuple[DimensionPlan, ...]
    measures: tuple[MeasurePlan, ...]
    where: Formula | None
    sort: tuple[tuple[str, bool], ...]
    limit: int | None
    others: bool
    funnel: FunnelPlan | None
    chart: Chart
    chart_options: Mapping[str, Any]
    zone: str
    scope: Literal["mine", "all"] = "mine"
    warnings: tuple[Problem, ...] = ()
